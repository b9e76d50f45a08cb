const steps: ReadonlyArray<[limit: number, unit: number, word: string]> = [
  [60, 1, "s"],
  [3600, 60, "min"],
  [86_400, 3600, "h"],
  [86_400 * 14, 86_400, "d"],
  [86_400 * 60, 86_400 * 7, "wk"],
  [86_400 * 365, 86_400 * 30.44, "mo"],
];

/** How long something took or has been so, in its largest unit: `4 min`. Negative spans (clock skew) read as `now`. */
export function spanWords(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 5) return "now";
  for (const [limit, unit, word] of steps) {
    if (seconds < limit) return `${Math.floor(seconds / unit)} ${word}`;
  }
  return `${Math.floor(seconds / (86_400 * 365.25))} y`;
}

let exact: Intl.DateTimeFormat | undefined;

/** The exact time, in the person's own words and zone. */
export function exactTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  // Made once: making it takes as long as drawing a row.
  exact ??= new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
  return exact.format(date);
}
