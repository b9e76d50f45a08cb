import type { Diff } from "#lib/api/diff-contract.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";

const opposite: Readonly<Record<DiffObject["change"], DiffObject["change"]>> = {
  added: "removed",
  removed: "added",
  changed: "changed",
  unchanged: "unchanged",
};

/** The same comparison read the other way round. Who changed a field is left out: it is about the live side, which is now where one comes from. */
export function inverted(diff: Diff): Diff {
  return {
    ...diff,
    from: diff.to,
    to: diff.from,
    objects: diff.objects.map(({ from, to, fields, change, ...rest }) => ({
      ...rest,
      change: opposite[change],
      ...(to === undefined ? {} : { from: to }),
      ...(from === undefined ? {} : { to: from }),
      ...(fields
        ? {
            fields: fields.map((field) => ({
              path: field.path,
              ...(field.to === undefined ? {} : { from: field.to }),
              ...(field.from === undefined ? {} : { to: field.from }),
            })),
          }
        : {}),
    })),
  };
}
