import type { Fact } from "#lib/api/application-contract.ts";

/** Collects facts in reading order; those without a value are left out. */
export class Facts {
  readonly list: Fact[] = [];

  /** Adds one fact unless its value is empty or absent. */
  add(label: string, value: string | undefined, kind?: Fact["kind"]): this {
    if (value === undefined || value === "") return this;
    this.list.push({
      label,
      value: kind === "duration" ? shortDuration(value) : value,
      ...(kind !== undefined && { kind }),
    });
    return this;
  }
}

/** Go writes durations to the nanosecond: `10.019292337s` is `10s`, `1.534s` is `1.5s`. */
function shortDuration(duration: string): string {
  return duration.replace(
    /(\d+)\.(\d)\d*(s|ms|µs)$/,
    (_all, whole: string, tenth: string, unit: string) => `${whole}${tenth === "0" ? "" : `.${tenth}`}${unit}`,
  );
}
