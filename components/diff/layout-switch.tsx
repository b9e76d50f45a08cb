"use client";
import { Columns2, Rows2 } from "lucide-react";
import { useSyncExternalStore } from "react";
import { cx } from "#components/ui/cx.ts";
import { useMedia } from "#components/ui/use-media.ts";
import type { DiffLayout } from "#lib/diff/diff-rows.ts";

const key = "driftglass.diff-layout";
const listeners = new Set<() => void>();

/** The layout that this person prefers, remembered in this browser; a narrow screen is always unified. */
export function useDiffLayout(): DiffLayout {
  const narrow = useMedia("(max-width: 900px)");
  const chosen = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (localStorage.getItem(key) === "split" ? "split" : "unified"),
    () => "unified" as const,
  );
  return narrow ? "unified" : chosen;
}

/** Switches all comparisons between one column and two. */
export function LayoutSwitch() {
  const layout = useDiffLayout();
  const choose = (next: DiffLayout) => {
    localStorage.setItem(key, next);
    for (const listener of listeners) listener();
  };
  return (
    <div
      role="group"
      aria-label="Layout of comparisons"
      className="flex shrink-0 rounded-md border border-line-strong p-px max-[900px]:hidden"
    >
      {(
        [
          ["unified", "Unified", Rows2],
          ["split", "Side by side", Columns2],
        ] as const
      ).map(([value, label, Icon]) => (
        <button
          key={value}
          type="button"
          aria-pressed={layout === value}
          onClick={() => choose(value)}
          className={cx(
            "flex h-6 items-center gap-1.5 rounded-sm px-2 text-xs whitespace-nowrap",
            layout === value ? "bg-selected font-medium text-ink" : "text-muted hover:text-ink",
          )}
        >
          <Icon aria-hidden className="size-3.5 shrink-0" />
          {label}
        </button>
      ))}
    </div>
  );
}
