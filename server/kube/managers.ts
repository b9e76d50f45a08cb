import { managersAnnotation } from "#lib/model/annotations.ts";
import { isRecord } from "./redaction/json.ts";

/**
 * The managers that applied an object (server-side) and kubectl's own, sorted and comma-separated; undefined when there are none. Managers of a
 * subresource (status, scale) don't count. The kubectl engine tells by it what a person applied, when no annotation does.
 */
export function managersOf(managedFields: unknown): string | undefined {
  if (!Array.isArray(managedFields)) return undefined;
  const managers = new Set<string>();
  for (const entry of managedFields as readonly unknown[]) {
    if (!isRecord(entry) || typeof entry["manager"] !== "string" || (entry["subresource"] ?? "") !== "") continue;
    if (entry["operation"] === "Apply" || entry["manager"].startsWith("kubectl")) managers.add(entry["manager"]);
  }
  return managers.size === 0 ? undefined : [...managers].sort().join(",");
}

/** An object's annotations with {@link managersAnnotation} as derived here: what a cluster carries under that name is not believed. */
export function annotationsWithManagers(
  metadata: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined {
  // The API server admits texts alone as annotations.
  const annotations = isRecord(metadata["annotations"])
    ? (metadata["annotations"] as Record<string, string>)
    : undefined;
  const managers = isControlled(metadata) ? undefined : managersOf(metadata["managedFields"]);
  if (managers === undefined && annotations?.[managersAnnotation] === undefined) return annotations;
  const { [managersAnnotation]: _, ...rest } = annotations ?? {};
  return managers === undefined ? rest : { ...rest, [managersAnnotation]: managers };
}

// What a controller made (Pods, ReplicaSets) is never a person's application; most objects are of that sort.
function isControlled(metadata: Readonly<Record<string, unknown>>): boolean {
  const owners = metadata["ownerReferences"];
  return Array.isArray(owners) && owners.some((owner) => isRecord(owner) && owner["controller"] === true);
}
