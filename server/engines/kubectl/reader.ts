import type { ApplicationRef } from "#lib/model/application.ts";
import type { EngineReader } from "../engine.ts";
import { groupDetail } from "./detail.ts";
import { applySetId, applySetMembers, companionKinds, groupName, unitOf, workloadKinds } from "./group.ts";
import { groupHistory } from "./history.ts";
import { readGroup } from "./read.ts";

const selectors = new Map([
  ["/ConfigMap", { labelSelector: "owner!=helm" }],
  ["/Secret", { fieldSelector: "type!=helm.sh/release.v1" }],
]);

/** Workloads that people applied with kubectl and that no engine owns. */
export const kubectl: EngineReader = {
  engine: "kubectl",
  watches: [...workloadKinds, ...companionKinds, { group: "apps", kind: "ControllerRevision" }].map((kind) => ({
    ...kind,
    depth: "full" as const,
    ...selectors.get(`${kind.group}/${kind.kind}`),
  })),
  unitsOf(object, store) {
    const { namespace } = object.ref;
    const units: ApplicationRef[] = [];
    const own = unitOf(object, store);
    if (own !== undefined) units.push(own);
    const id = applySetId(object);
    if (id !== undefined && namespace !== undefined) {
      // A parent that comes or goes takes its members from the units that their labels alone name, or gives them back.
      units.push({ engine: "kubectl", namespace, name: object.ref.name });
      if (store !== undefined) {
        for (const member of applySetMembers(id, namespace, store)) {
          const name = groupName(member);
          if (name !== undefined) units.push({ engine: "kubectl", namespace, name });
        }
      }
    }
    return distinct(units);
  },
  read: readGroup,
  detail: groupDetail,
  history: groupHistory,
};

function distinct(units: readonly ApplicationRef[]): ApplicationRef[] {
  return units.filter(
    (unit, index) =>
      units.findIndex((other) => other.namespace === unit.namespace && other.name === unit.name) === index,
  );
}
