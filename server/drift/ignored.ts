import type { DiffObject } from "#lib/model/diff-object.ts";
import type { DesiredObject } from "#server/desired/desired-state.ts";

/** What of an object is left out of the judgement, for those who look at its comparison; nothing where all of it is judged. */
export function ignoredOf({
  skip,
  ignore = [],
  ignoreManagers = [],
}: Pick<DesiredObject, "skip" | "ignore" | "ignoreManagers">): Pick<DiffObject, "ignored"> {
  if (skip === undefined && ignore.length === 0 && ignoreManagers.length === 0) return {};
  return {
    ignored: {
      ...(ignore.length > 0 && { paths: [...ignore] }),
      ...(ignoreManagers.length > 0 && { managers: [...ignoreManagers] }),
      ...(skip !== undefined && { whole: skip }),
    },
  };
}
