import { isDeepStrictEqual } from "node:util";
import type { Limit } from "#lib/api/connection-contract.ts";
import { fluxSourceKey, fluxSourceKinds, type FluxSource, type FluxSourceRef } from "#lib/model/flux-source.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import type { GroupKind, StoreChange, StoredObject, StoreReader } from "#server/kube/store.ts";
import { consumerKinds, consumersBySource, sourcesTakenBy } from "./consumers.ts";
import { readSource, sourceRefOf } from "./read-source.ts";

/** The kinds of sources. */
export const sourceKinds: readonly GroupKind[] = fluxSourceKinds.map((kind) => ({ group: sourceGroup, kind }));

/** A source as the store has it. */
export interface StoredSource {
  readonly ref: FluxSourceRef;
  readonly stored: StoredObject;
}

/** All sources that are known, as they are stored; unsorted. */
export function storedSources(store: StoreReader): StoredSource[] {
  return sourceKinds.flatMap((kind) =>
    [...store.list(kind)].flatMap((stored) => {
      const ref = sourceRefOf(stored);
      return ref === undefined ? [] : [{ ref, stored }];
    }),
  );
}

/** All sources that are known, with who takes them; unsorted. What the person may do with them is asked elsewhere. */
export function listSources(store: StoreReader): Omit<FluxSource, "permissions">[] {
  const consumers = consumersBySource(store);
  return storedSources(store).flatMap(({ ref, stored }) => {
    const source = readSource(stored);
    return source === undefined ? [] : [{ ...source, consumers: consumers.get(fluxSourceKey(ref)) ?? [] }];
  });
}

/** One source; undefined when it is not known. */
export function findStoredSource(
  { kind, namespace, name }: FluxSourceRef,
  store: StoreReader,
): StoredObject | undefined {
  return store.get(resourceKey({ group: sourceGroup, kind, namespace, name }));
}

/** Whether Flux's sources are there at all: `syncing` as long as any of their kinds is, `absent` where the cluster has none of them. */
export function sourcesState(store: StoreReader): "ready" | "syncing" | "absent" {
  const states = sourceKinds.map((kind) => store.kindState(kind).state);
  if (states.some((state) => state === "syncing")) return "syncing";
  return states.every((state) => state === "absent") ? "absent" : "ready";
}

/** Those limits that make the list of sources, or of who takes them, shorter than it is. */
export function sourceLimits(limits: readonly Limit[]): Limit[] {
  return limits.filter((limit) => isConcerned(limit));
}

/** Whether a kind is a source's or that of something that takes sources. */
export function isConcerned({ group, kind }: GroupKind): boolean {
  return [...sourceKinds, ...consumerKinds].some((each) => each.group === group && each.kind === kind);
}

/** Whether any of these changes is one that the list of sources shows. */
export function sourcesChanged(changes: readonly StoreChange[]): boolean {
  return changes.some(({ previous, current }) => {
    const ref = (current ?? previous)?.ref;
    if (ref === undefined || !isConcerned(ref)) return false;
    if (previous === undefined || current === undefined) return true;
    return (
      !isDeepStrictEqual(readSource(previous), readSource(current)) ||
      !isDeepStrictEqual(sourcesTakenBy(previous), sourcesTakenBy(current))
    );
  });
}
