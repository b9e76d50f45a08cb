import type { ResourceNode } from "#lib/model/resource-node.ts";
import type { DriftVerdict, ObjectVerdict } from "#server/drift/verdict.ts";
import { resourceTree } from "#server/engines/resource-tree.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { Unit } from "./units.ts";

/** The resource tree of a unit with each object's drift. A resource is judged by the rules of the engine that owns it. */
export function resourcesOf(unit: Unit, store: StoreReader, verdict: DriftVerdict | undefined): ResourceNode[] {
  const source = unit.ref.engine.startsWith("flux-") ? "kstatus" : "argocd";
  const nodes = resourceTree(unit.reading.inventory, store, { source });
  const equal = new Set(verdict?.equal);
  return nodes.map((node) => {
    const object = verdict?.objects.get(node.key);
    if (object) return { ...node, drift: driftOfObject(object) };
    return equal.has(node.key) ? { ...node, drift: { status: "None" } } : node;
  });
}

function driftOfObject({ change, fields }: ObjectVerdict): NonNullable<ResourceNode["drift"]> {
  return { status: change === "unchanged" ? "None" : "Drifted", ...(fields.length > 0 && { fields: [...fields] }) };
}
