"use client";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { useApplications } from "#components/live/use-applications.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Input } from "#components/ui/input.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { suggestions } from "./suggestions.ts";

type Props = { other: ApplicationRef | undefined; onChoose: (application: ApplicationRef) => void };

/** Finds one application by a few letters. */
export function ApplicationSearch({ other, onChoose }: Props) {
  const items = useApplications().data?.items;
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const list = useId();
  const found = useMemo(() => suggestions(items ?? [], query, other), [items, query, other]);
  const at = Math.min(index, found.length - 1);
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(found.length - 1, at + step));
      setIndex(next);
      document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      const chosen = found[at];
      if (chosen) onChoose(refOf(chosen));
    }
  };
  return (
    <>
      <div className="border-b border-line p-2">
        <Input
          autoFocus
          type="search"
          role="combobox"
          aria-label="Name, namespace, label"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
          placeholder="Name, namespace, label…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setIndex(0);
          }}
          onKeyDown={key}
        />
      </div>
      <div id={list} role="listbox" aria-label="Applications" className="max-h-80 overflow-y-auto p-1">
        {found.map((item, place) => (
          <button
            type="button"
            tabIndex={-1}
            key={applicationKey(item)}
            id={`${list}-${place}`}
            role="option"
            aria-selected={place === at}
            onPointerMove={() => setIndex(place)}
            onClick={() => onChoose(refOf(item))}
            className={cx(
              "flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left",
              place === at && "bg-selected",
            )}
          >
            <span className={cx("inline-flex w-3.5", toneText[healthTone[item.health.status]])}>
              <Glyph name={item.health.status} />
            </span>
            <span className="min-w-0 truncate font-medium">{item.name}</span>
            <span className="ml-auto min-w-0 shrink-0 truncate text-xs text-muted">
              {item.namespace} · {engineLabel[item.engine]}
            </span>
          </button>
        ))}
        {found.length === 0 && <p className="px-2 py-3 text-muted">Nothing matches.</p>}
      </div>
    </>
  );
}

function refOf({ engine, namespace, name }: ApplicationRef): ApplicationRef {
  return { engine, namespace, name };
}
