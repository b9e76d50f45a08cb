import type { Fact } from "#lib/api/contract.ts";

/** Collects facts in reading order; those without a value are left out. */
export class Facts {
  readonly list: Fact[] = [];

  /** Adds one fact unless its value is empty or absent. */
  add(label: string, value: string | undefined, kind?: Fact["kind"]): this {
    if (value !== undefined && value !== "") this.list.push({ label, value, ...(kind !== undefined && { kind }) });
    return this;
  }
}
