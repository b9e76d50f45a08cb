import { formatPath } from "#lib/diff/field-path.ts";
import { fieldOwner } from "#lib/diff/field-manager.ts";
import type { FieldChange } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import type { DesiredObject, DesiredState } from "#server/desired/desired-state.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { attributed } from "./attributed.ts";
import { subsetDifferences } from "./local-comparison.ts";

type Settings = Pick<DesiredState, "fieldManager" | "scrub">;

/**
 * What of an object is left out of the judgement, for those who look at its comparison: the rules, and which differences they hide now.
 * Nothing where all of it is judged.
 *
 * @param live the object as it is, where it is there
 */
export function ignoredOf(
  desired: DesiredObject,
  live: KubeObject | undefined,
  state: Settings,
): Pick<DiffObject, "ignored"> {
  const { skip, ignore = [], ignoreManagers = [] } = desired;
  if (skip === undefined && ignore.length === 0 && ignoreManagers.length === 0) return {};
  const hidden = skip === undefined && live ? hiddenBy(desired, live, state) : [];
  return {
    ignored: {
      ...(ignore.length > 0 && { paths: [...ignore] }),
      ...(ignoreManagers.length > 0 && { managers: [...ignoreManagers] }),
      ...(skip !== undefined && { whole: skip }),
      ...(hidden.length > 0 && { hidden }),
    },
  };
}

/** The differences that there would be without the rules, as far as they can be told without the cluster's dry run. */
function hiddenBy(desired: DesiredObject, live: KubeObject, state: Settings): FieldChange[] {
  const { ignore: _ignore, ...ruleless } = desired;
  const judged = new Set(subsetDifferences(desired, live, state).map(({ path }) => formatPath(path)));
  const managers = (live.metadata.managedFields ?? []).filter(
    ({ manager }) => manager !== undefined && desired.ignoreManagers?.includes(manager),
  );
  return subsetDifferences(ruleless, live, state)
    .filter(({ path }) => !judged.has(formatPath(path)) || fieldOwner(managers, path) !== undefined)
    .map((difference) => attributed(difference, live, state));
}
