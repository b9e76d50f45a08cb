import type { ResourceNode } from "../model/resource-node.ts";

/** Whether a resource needs a person: in trouble, drifted, missing or out of sync. */
export function isProblem(node: ResourceNode): boolean {
  return (
    (node.health.status !== "Healthy" && node.health.status !== "Suspended") ||
    node.drift?.status === "Drifted" ||
    node.live === "no" ||
    node.sync === "OutOfSync"
  );
}
