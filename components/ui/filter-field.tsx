"use client";
import { Search, X } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";

/** Something to go on with: what the field then says, and where its caret stands. */
export type FieldSuggestion = { text: string; caret: number; label: string; hint: string };

type Props = {
  value: string;
  onChange: (value: string) => void;
  /** Its name, such as "Filter applications". */
  label: string;
  placeholder: string;
  /** What may come next at the caret. */
  suggest?: (text: string, caret: number) => FieldSuggestion[];
  /** Someone goes there, and may be about to type. */
  onFocus?: () => void;
  /** Id of the words that say what in it can't be meant so, where there are such. */
  wrong?: string | undefined;
  className?: string;
};

/**
 * The field that narrows a list: `/` goes there, Escape empties it and then leaves it. The URL follows it at once. With suggestions it is a
 * combobox: arrows choose, Enter or Tab takes.
 */
export function FilterField({ value, onChange, label, placeholder, suggest, onFocus, wrong, className }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [offers, setOffers] = useState<FieldSuggestion[]>([]);
  const [chosen, setChosen] = useState(-1);
  const id = useId();
  // The URL follows the field; when something else changes the URL, the field follows it.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(value);
  }, [value]);
  useShortcuts({ "/": () => field.current?.select() });

  const offer = (typed: string, caret: number) => {
    setOffers(suggest?.(typed, caret) ?? []);
    setChosen(-1);
  };
  const close = () => setOffers([]);
  const set = (next: string) => {
    setText(next);
    onChange(next);
  };
  const take = (suggestion: FieldSuggestion) => {
    set(suggestion.text);
    // The caret goes behind what was taken once the field has drawn it.
    requestAnimationFrame(() => field.current?.setSelectionRange(suggestion.caret, suggestion.caret));
    offer(suggestion.text, suggestion.caret);
    field.current?.focus();
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const caret = event.currentTarget.selectionStart ?? text.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const taken = offers[event.key === "Tab" && !event.shiftKey ? Math.max(0, chosen) : chosen];
    if (step !== undefined && suggest) {
      if (offers.length === 0) offer(text, caret);
      else setChosen((chosen + step + offers.length + (chosen < 0 && step < 0 ? 1 : 0)) % offers.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && taken) take(taken);
    else if (event.key === "Enter") {
      // What is asked for stands; the keys go on in the list.
      close();
      event.currentTarget.blur();
    } else if (event.key === "Escape") {
      if (offers.length > 0) close();
      else if (text === "") event.currentTarget.blur();
      else set("");
    } else return;
    event.preventDefault();
  };
  const combobox = suggest && {
    "aria-autocomplete": "list" as const,
    "aria-expanded": offers.length > 0,
    "aria-controls": `${id}-offers`,
    "aria-activedescendant": chosen >= 0 ? `${id}-${chosen}` : undefined,
  };
  return (
    <div className={cx("relative min-w-0 flex-1", className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-subtle" />
      <input
        ref={field}
        type="text"
        role={suggest ? "combobox" : "searchbox"}
        {...combobox}
        aria-label={label}
        aria-invalid={wrong !== undefined || undefined}
        aria-describedby={wrong}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          set(event.target.value);
          offer(event.target.value, event.target.selectionStart ?? event.target.value.length);
        }}
        onKeyDown={keys}
        onFocus={onFocus}
        onBlur={close}
        className="h-7 w-full rounded-md border border-field-line bg-surface pr-8 pl-8 text-sm text-ellipsis focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent aria-invalid:border-warn"
      />
      <span className="absolute top-1 right-1">
        {text === "" ? (
          <span aria-hidden="true" className="max-md:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <IconButton label="Clear the search" onClick={() => set("")} size="tiny">
            <X aria-hidden className="size-3.5" />
          </IconButton>
        )}
      </span>
      {suggest && (
        <div
          id={`${id}-offers`}
          role="listbox"
          aria-label="Suggestions"
          hidden={offers.length === 0}
          className="absolute inset-x-0 top-full z-30 mt-1 min-w-64 rounded-md border border-line-strong bg-raised p-1 shadow-lift"
        >
          {offers.map((suggestion, at) => (
            <button
              type="button"
              key={suggestion.label}
              id={`${id}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === chosen}
              // Before the field loses the focus, which closes the list.
              onPointerDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
              onPointerMove={() => setChosen(at)}
              className={cx(
                "flex h-7 w-full items-center gap-3 rounded-sm px-2 text-left text-sm",
                at === chosen && "bg-selected",
              )}
            >
              <span className="max-w-3/4 shrink-0 truncate font-medium">{suggestion.label}</span>
              <span className="ml-auto min-w-0 truncate text-xs text-muted">{suggestion.hint}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
