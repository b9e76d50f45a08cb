"use client";
import { ArrowDownUp, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import { Input } from "#components/ui/input.tsx";
import { healthTone, toneText, type Tone } from "#components/ui/tone.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { allSources, isNarrowedTo, type Choice, type ShownSources, type SourceListState } from "./source-list.ts";

type Props = {
  state: SourceListState;
  change: (next: SourceListState) => void;
  shown: ShownSources;
  total: number;
  /** Another order is waiting; calling it shows it. */
  resort: (() => void) | undefined;
};

/** Everything that narrows the list of sources. */
export function SourceBar({ state, change, shown, total, resort }: Props) {
  const narrowed = isNarrowedTo(state);
  const clear = () => change({ ...allSources, sort: state.sort, descending: state.descending });
  useShortcuts({ Escape: () => narrowed && clear() });
  const count = shown.rows.length;
  return (
    <div className="shrink-0 border-b border-line bg-surface px-3 py-2.5 sm:px-5 sm:py-3">
      <div className="flex items-center gap-2">
        <h1 className="mr-2 text-base font-semibold max-md:sr-only">Sources</h1>
        <SearchField query={state.query} onChange={(query) => change({ ...state, query })} />
        <div className="ml-auto flex items-center gap-2">
          {resort && (
            <Button
              look="ghost"
              className="max-md:hidden"
              icon={<ArrowDownUp aria-hidden className="size-3.5" />}
              onClick={resort}
            >
              Order has changed: sort now
            </Button>
          )}
          {narrowed && (
            <Button look="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={clear}>
              Clear
            </Button>
          )}
          <span role="status" className="tabular whitespace-nowrap text-muted">
            {count === total
              ? total.toLocaleString("en")
              : `${count.toLocaleString("en")} of ${total.toLocaleString("en")}`}
          </span>
        </div>
      </div>
      <div className="mt-2.5 flex min-h-6 gap-x-3 gap-y-1 max-md:-mx-3 max-md:overflow-x-auto max-md:px-3 md:flex-wrap">
        <Choices
          label="State"
          choices={shown.statuses}
          look={(status) => ({ glyph: status, tone: healthTone[status] })}
          onToggle={(value) => change({ ...state, status: toggled(state.status, value) })}
        />
        <Choices
          label="Kind"
          choices={shown.kinds}
          onToggle={(value) => change({ ...state, kind: toggled(state.kind, value) })}
        />
      </div>
    </div>
  );
}

function toggled<T>(chosen: readonly T[], value: T): T[] {
  return chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
}

function Choices<T extends string>(props: {
  label: string;
  choices: Choice<T>[];
  look?: (value: T) => { glyph: GlyphName; tone: Tone };
  onToggle: (value: T) => void;
}) {
  if (props.choices.length === 0) return null;
  return (
    <div role="group" aria-label={props.label} className="flex gap-1 md:flex-wrap">
      {props.choices.map(({ value, count, selected }) => {
        const look = props.look?.(value);
        return (
          <button
            key={value}
            type="button"
            aria-pressed={selected}
            onClick={() => props.onToggle(value)}
            className={cx(
              "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md border px-1.5 text-xs transition-colors",
              selected
                ? "border-accent bg-selected text-ink"
                : "border-line text-muted hover:border-line-strong hover:text-ink",
            )}
          >
            {look && <Glyph name={look.glyph} className={cx("size-3", toneText[look.tone])} />}
            {value}
            <span className={cx("tabular", count === 0 ? "text-subtle" : "font-medium text-ink")}>{count}</span>
          </button>
        );
      })}
    </div>
  );
}

function SearchField({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query);
  // The URL follows the field; when something else changes the URL, the field follows it.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(query);
  }, [query]);
  useShortcuts({ "/": () => field.current?.select() });
  const set = (value: string) => {
    setText(value);
    onChange(value);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (text === "") event.currentTarget.blur();
    else set("");
  };
  return (
    <Input
      ref={field}
      type="text"
      role="searchbox"
      aria-label="Filter sources"
      placeholder="Name, URL, reason, consumer…  ( / )"
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => set(event.target.value)}
      onKeyDown={keys}
      className="h-7 min-w-0 flex-1 md:max-w-80"
    />
  );
}
