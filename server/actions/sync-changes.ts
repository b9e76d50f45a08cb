import type { FieldChange } from "#lib/model/application.ts";
import type { Change, DiffObject } from "#lib/model/diff-object.ts";

const opposite: Readonly<Record<Change, Change>> = {
  added: "removed",
  removed: "added",
  changed: "changed",
  unchanged: "unchanged",
};

/**
 * What undoing drift would change: drift is told desired → live, a sync goes live → desired. Objects that do not differ are left out;
 * what an object is skipped for stays in its note.
 */
export function correctionsOf(drift: readonly DiffObject[]): DiffObject[] {
  return drift.filter(({ change }) => change !== "unchanged").map(reversed);
}

function reversed({ from, to, change, fields, ...rest }: DiffObject): DiffObject {
  return {
    ...rest,
    change: opposite[change],
    ...(to !== undefined && { from: to }),
    ...(from !== undefined && { to: from }),
    ...(fields !== undefined && { fields: fields.map(reversedField) }),
  };
}

function reversedField({ from, to, ...rest }: FieldChange): FieldChange {
  return { ...rest, ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) };
}
