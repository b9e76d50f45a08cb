import type { FieldDifference } from "#lib/diff/compare.ts";
import { toFieldChange } from "#lib/diff/compare-subset.ts";
import { fieldOwner } from "#lib/diff/field-manager.ts";
import type { FieldChange } from "#lib/model/application.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** A difference, with who wrote what is live and when; of what is not there any more nobody is known. */
export function attributed(
  difference: FieldDifference,
  live: KubeObject,
  { fieldManager }: Pick<DesiredState, "fieldManager">,
): FieldChange {
  const managers = live.metadata.managedFields ?? [];
  const owner = difference.to === undefined ? undefined : fieldOwner(managers, difference.path, fieldManager);
  return {
    ...toFieldChange(difference),
    ...(owner ? { manager: owner.manager } : {}),
    ...(owner?.operation === undefined ? {} : { managerOperation: owner.operation }),
    ...(owner?.time === undefined ? {} : { changedAt: owner.time }),
  };
}
