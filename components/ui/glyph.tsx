import type { ReactNode } from "react";
import type { HealthStatus } from "#lib/model/health-status.ts";
import { cx } from "./cx.ts";

/** Every status that has a shape of its own. One family: a 16-unit box, one stroke of 1.75, round ends. */
export type GlyphName = HealthStatus | "Synced" | "OutOfSync" | "Drift" | "Hold" | "Running" | "Failed";

const shapes: Record<GlyphName, ReactNode> = {
  Healthy: <path d="m3.25 8.5 3.1 3.1 6.4-7" />,
  Progressing: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M8 8V2.6A5.4 5.4 0 0 1 13.4 8Z" fill="currentColor" stroke="none" />
    </>
  ),
  Suspended: <path d="M5.75 3.5v9M10.25 3.5v9" />,
  Missing: <circle cx="8" cy="8" r="5.4" strokeDasharray="2.1 2.14" strokeLinecap="butt" />,
  Degraded: <path d="m3.75 3.75 8.5 8.5m0-8.5-8.5 8.5" />,
  Unknown: <path d="M5.4 5.7a2.65 2.65 0 1 1 3.9 2.35C8.4 8.55 8 9.05 8 10m0 2.9v.02" />,
  Synced: <path d="M2.75 5.75h10.5M2.75 10.25h10.5" />,
  OutOfSync: <path d="M2.75 5.5h10.1m-2.6-2.6 2.6 2.6-2.6 2.6M13.25 10.5H3.15m2.6-2.6-2.6 2.6 2.6 2.6" />,
  Drift: <path d="M8 3.1 13.5 12.75h-11Z" />,
  Hold: <path d="M5.25 7.25V5.4a2.75 2.75 0 0 1 5.5 0v1.85M3.9 7.25h8.2v5.5H3.9Z" />,
  Running: <path d="M13.4 8A5.4 5.4 0 1 1 8 2.6" />,
  Failed: <path d="M8 2.9v6.2m0 3.4v.02" />,
};

/** Draws a status shape in the current text colour. Decorative: the word stands beside it or in the parent's name. */
export function Glyph({ name, className }: { name: GlyphName; className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      data-glyph={name}
      className={cx("size-3.5 shrink-0", name === "Running" && "animate-turn", className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
