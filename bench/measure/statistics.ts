/** What several measurements of one thing say. */
export interface Summary {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
}

/** Sums up; of an even number the upper of the two in the middle. @throws RangeError when there is nothing */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const [minimum] = sorted;
  const maximum = sorted.at(-1);
  if (median === undefined || minimum === undefined || maximum === undefined)
    throw new RangeError("nothing was measured");
  return { median, minimum, maximum, count: sorted.length };
}
