import { summarize } from "./statistics.ts";

/** One row of the table. */
export interface Figure {
  readonly what: string;
  readonly unit: "ms" | "s" | "KiB" | "MiB" | "%" | "requests";
  /** What was measured, several times where that is possible. */
  readonly values: readonly number[];
  /** The target, in the same unit. */
  readonly wanted?: number;
  /** What it can't go below, and how that was found. */
  readonly floor?: string;
  readonly note?: string;
}

/** Under what conditions it was measured; what makes figures of two runs comparable or not. */
export type Conditions = Readonly<Record<string, string>>;

/** The table, as the terminal and the document show it. */
export function renderTable(figures: readonly Figure[]): string {
  const head = ["work", "median", "min", "max", "n", "wanted", "floor", "note"];
  const lines = figures.map(({ what, unit, values, wanted, floor = "", note = "" }) => {
    const { median, minimum, maximum, count } = summarize(values);
    const show = (value: number): string => `${round(value)} ${unit}`;
    const verdict = wanted === undefined ? "" : `${show(wanted)} ${median <= wanted ? "✓" : "✗"}`;
    return [what, show(median), show(minimum), show(maximum), String(count), verdict, floor, note];
  });
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** The whole document: conditions, table, and what to know about it. */
export function renderDocument(figures: readonly Figure[], conditions: Conditions, missing: readonly string[]): string {
  return [
    "# Performance",
    "",
    "What `npm run bench` printed last. It makes the fleet of `bench/fleet` in a sandbox of its own (a real API server, no engines, so that written statuses stay), starts the",
    "production server and measures with a real Chromium. Times are the machine's: compare figures only with others of the same run.",
    "",
    ...Object.entries(conditions).map(([name, value]) => `- ${name}: ${value}`),
    "",
    renderTable(figures),
    "",
    "The floor is what the figure can't go below: what the API server needs for its own answer, what parsing costs, what one frame takes.",
    "",
    ...(missing.length > 0 ? ["Not measured:", ...missing.map((line) => `- ${line}`), ""] : []),
  ].join("\n");
}
