import { applicationKey, type Application } from "#lib/model/application.ts";

/** What of a row follows from the cluster alone: not when drift was looked at, nor how far that has come. */
function essence({ drift: _drift, reasons, ...row }: Application): string {
  return JSON.stringify([row, reasons.filter(({ about }) => about !== "drift")]);
}

/** Keys of the rows that are not the same in both lists. */
export function differences(one: readonly Application[], other: readonly Application[]): string[] {
  const rows = new Map(one.map((row) => [applicationKey(row), essence(row)]));
  const differing = other.filter((row) => rows.get(applicationKey(row)) !== essence(row)).map(applicationKey);
  for (const row of other) rows.delete(applicationKey(row));
  return [...differing, ...rows.keys()];
}
