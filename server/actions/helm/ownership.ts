import { isRecord } from "#lib/diff/json.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { KubeError } from "#server/kube/client.ts";
import type { ManagedFieldsEntry } from "#server/kube/object.ts";
import { Semaphore } from "#server/tools/semaphore.ts";
import { findRaw, patchObject } from "../object-io.ts";

/**
 * Hands the fields that one manager applies over to another, in `managedFields` alone: nothing else of the objects changes.
 *
 * helm-controller applies under its own name. Were `helm rollback` run without this, it would be refused for every field that differs; forced, it
 * would leave behind all fields that the earlier revision does not have (nobody who owns them drops them), and stay their second owner
 * after the hold. Changing names so is what Flux itself does (fluxcd/pkg `ssa/patch.go`, PatchReplaceFieldsManagers).
 *
 * Objects that are gone or change at the same moment are passed over: for those helm's own rules hold. @throws KubeError when patching is refused
 */
export async function transferOwnership(
  refs: readonly ResourceRef[],
  from: string,
  to: string,
  io: EngineIo,
): Promise<void> {
  const turns = new Semaphore(8);
  await Promise.all(refs.map((ref) => turns.run(() => transfer(ref, from, to, io))));
}

async function transfer(ref: ResourceRef, from: string, to: string, io: EngineIo): Promise<void> {
  if (!io.discovery.resolve(ref)) return;
  for (let attempt = 0; attempt < 4; attempt++) {
    const live = await findRaw(io, ref);
    const entries = live && renameManager(live.metadata.managedFields ?? [], from, to);
    if (!entries) return;
    try {
      await patchObject(io, ref, {
        type: "json",
        body: [
          { op: "test", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion },
          { op: "replace", path: "/metadata/managedFields", value: entries },
        ],
      });
      return;
    } catch (error) {
      if (!(error instanceof KubeError) || (error.status !== 409 && error.status !== 422)) throw error;
    }
  }
}

/** The entries with `from`'s server-side applies in `to`'s name, joined with what `to` applies already; undefined when there are none. */
export function renameManager(
  entries: readonly ManagedFieldsEntry[],
  from: string,
  to: string,
): ManagedFieldsEntry[] | undefined {
  const applies = (entry: ManagedFieldsEntry, manager: string): boolean =>
    entry.manager === manager && entry.operation === "Apply" && (entry.subresource ?? "") === "";
  const moved = entries.filter((entry) => applies(entry, from));
  if (moved.length === 0) return undefined;
  const rest = entries.filter((entry) => !applies(entry, from) && !applies(entry, to));
  const joined = new Map<string, Record<string, unknown>>();
  for (const entry of [...entries.filter((other) => applies(other, to)), ...moved]) {
    const { apiVersion } = entry as { apiVersion?: string };
    const known = joined.get(apiVersion ?? "");
    joined.set(apiVersion ?? "", {
      ...known,
      ...entry,
      manager: to,
      fieldsV1: mergeFields(known?.["fieldsV1"], entry.fieldsV1),
    });
  }
  return [...rest, ...(joined.values() as Iterable<ManagedFieldsEntry>)];
}

/** The union of two field sets: in `fieldsV1` a set is an object, and its members are keys. */
function mergeFields(a: unknown, b: unknown): unknown {
  if (!isRecord(a)) return b;
  if (!isRecord(b)) return a;
  const merged: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) merged[key] = key in a ? mergeFields(a[key], value) : value;
  return merged;
}
