"use client";
import type { ReactNode } from "react";
import { LayoutSwitch } from "#components/diff/layout-switch.tsx";
import { Pending } from "#components/live/pending.tsx";

type Props = {
  /** What is compared. */
  heading: ReactNode;
  /** What can be done with what was found, beside how it is laid out. */
  tools: ReactNode;
  /** Another comparison is on its way, and this one still stands. */
  stale: boolean;
  error: unknown;
  onRetry: () => unknown;
  /** What was found; absent until then. */
  children: ReactNode;
};

/** A comparison under its heading: on its way, refused, or what it found. */
export function ComparisonSection({ heading, tools, stale, error, onRetry, children }: Props) {
  return (
    <section
      aria-label="Comparison"
      aria-busy={stale}
      className="overflow-hidden rounded-lg border border-line bg-surface"
    >
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-1.5">
        {heading}
        <LayoutSwitch />
        {tools}
      </header>
      {error || children === undefined ? (
        <Pending error={error} onRetry={onRetry} lines={8} label="Comparing" />
      ) : (
        children
      )}
    </section>
  );
}
