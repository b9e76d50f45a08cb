import { fields, list, text } from "#lib/model/health/fields.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { holdAnnotation } from "#lib/model/annotations.ts";
import { readHold } from "#server/engines/common/hold.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Hold } from "../../hold.ts";

/** What a held Kustomization remembers: the hold itself, and all that has to be put back when it is released. */
export interface HoldRecord extends Hold {
  /** The source that was pinned. */
  readonly source: ResourceRef;
  /** What was suspended because it would have undone the pin; only what was not suspended already. */
  readonly suspended: readonly ResourceRef[];
}

/** The value of the hold annotation. */
export function writeRecord({ by, at, revision, from, source, suspended }: HoldRecord): string {
  return JSON.stringify({ by, at, revision, ...(from !== undefined && { from }), source, suspended });
}

/** Reads {@link writeRecord} back; undefined when there is no hold, or one without a source. */
export function readRecord(object: KubeObject): HoldRecord | undefined {
  const hold = readHold(object);
  if (hold === undefined) return undefined;
  const parsed = fields(JSON.parse(object.metadata.annotations?.[holdAnnotation] ?? "null"));
  const source = refOf(parsed["source"]);
  if (source === undefined) return undefined;
  return { ...hold, source, suspended: list(parsed["suspended"]).flatMap((entry) => refOf(entry) ?? []) };
}

function refOf(value: unknown): ResourceRef | undefined {
  const { group, kind, namespace, name } = fields(value);
  if (text(kind) === "" || text(name) === "") return undefined;
  return { group: text(group), kind: text(kind), namespace: text(namespace), name: text(name) };
}
