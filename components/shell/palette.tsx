"use client";
import { usePathname, useRouter } from "next/navigation";
import { useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useApplications } from "#components/live/use-applications.ts";
import { useSavedViews } from "#components/applications/saved-views.ts";
import { cx } from "#components/ui/cx.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Input } from "#components/ui/input.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { openApplication, paletteEntries, type PaletteEntry } from "./palette-entries.ts";

/** Presses a key on the page once the palette is gone: keys do nothing while a dialog is open. */
function pressLater(key: string, tries = 20): void {
  requestAnimationFrame(() => {
    if (document.querySelector('[role="dialog"]') !== null && tries > 0) pressLater(key, tries - 1);
    else document.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  });
}

/** Goes anywhere by a few letters: applications, pages, and the views of the application that is open. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const pathname = usePathname();
  const items = useApplications().data?.items;
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const { views } = useSavedViews();
  const entries = useMemo(
    () => paletteEntries(query, items ?? [], openApplication(pathname), views),
    [query, items, pathname, views],
  );
  const chosen = Math.min(index, entries.length - 1);
  const go = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onClose();
    if ("href" in entry) router.push(entry.href);
    else pressLater(entry.press);
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(entries.length - 1, chosen + step));
      setIndex(next);
      document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") go(entries[chosen]);
  };
  return (
    <Dialog open onClose={onClose} title="Go to" initialFocus={input}>
      <div className="sticky top-0 border-b border-line bg-surface p-2">
        <Input
          ref={input}
          type="search"
          role="combobox"
          aria-label="Application, namespace or page"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={entries.length > 0 ? `${list}-${chosen}` : undefined}
          placeholder="Application, namespace or page…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setIndex(0);
          }}
          onKeyDown={key}
          className="w-full"
        />
      </div>
      <div id={list} role="listbox" aria-label="Places" className="p-1">
        {entries.map((entry, at) => (
          <button
            type="button"
            tabIndex={-1}
            key={entry.key}
            id={`${list}-${at}`}
            role="option"
            aria-selected={at === chosen}
            onPointerMove={() => setIndex(at)}
            onClick={() => go(entry)}
            className={cx(
              "flex h-8 w-full text-left items-center gap-2 rounded-sm px-2",
              at === chosen && "bg-selected",
            )}
          >
            <span className={cx("inline-flex w-3.5", entry.health && toneText[healthTone[entry.health]])}>
              {entry.health && <Glyph name={entry.health} />}
            </span>
            <span className="min-w-0 truncate font-medium">{entry.label}</span>
            <span className="ml-auto shrink-0 text-xs text-muted">{entry.hint}</span>
          </button>
        ))}
      </div>
      {entries.length === 0 && <p className="px-4 pb-4 text-muted">Nothing is called so.</p>}
    </Dialog>
  );
}
