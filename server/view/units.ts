import { isDeepStrictEqual } from "node:util";
import { applicationKey, parseApplicationKey, type Application, type ApplicationRef } from "#lib/model/application.ts";
import { parseApiVersion, resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import type { EngineReader, Reading } from "#server/engines/engine.ts";
import type { GroupKind, StoreChange, StoredObject, StoreReader } from "#server/kube/store.ts";
import { UnitIndex } from "./unit-index.ts";
import { withDrift } from "./with-drift.ts";

/** What the units of a view are derived from. */
export interface UnitsOptions {
  readonly cluster: string;
  readonly store: StoreReader;
  readonly readers: readonly EngineReader[];
  readonly desired: (unit: string) => DesiredState | undefined;
  readonly verdict: (unit: string) => DriftVerdict | undefined;
  /** RFC 3339. */
  readonly now: () => string;
}

/** One unit as it is known. */
export interface Unit {
  readonly ref: ApplicationRef;
  readonly reading: Reading;
  readonly application: Application;
}

/** What a recomputation found. */
export interface UnitChanges {
  readonly upserts: readonly Unit[];
  /** Units that were read again and show the same row. */
  readonly same: readonly Unit[];
  readonly removes: readonly string[];
}

/**
 * The rows of a view, derived incrementally: a change of an object marks the units that it concerns, and `recompute` reads only
 * those. Nothing here does I/O.
 */
export class Units {
  readonly #options: UnitsOptions;
  readonly #readers: ReadonlyMap<string, EngineReader>;
  readonly #units = new Map<string, Unit>();
  readonly #index = new UnitIndex();
  readonly #dirty = new Set<string>();

  constructor(options: UnitsOptions) {
    this.#options = options;
    this.#readers = new Map(options.readers.map((reader) => [reader.engine, reader]));
  }

  /** All units, by `applicationKey`. */
  get all(): ReadonlyMap<string, Unit> {
    return this.#units;
  }

  /** Whether anything waits to be recomputed. */
  get pending(): boolean {
    return this.#dirty.size > 0;
  }

  /** Marks the units that these changes concern. Returns for each changed object the units that look at it. */
  mark(changes: readonly StoreChange[]): Map<string, Set<string>> {
    const concerned = new Map<string, Set<string>>();
    for (const change of changes) {
      const units = new Set<string>();
      for (const object of [change.previous, change.current]) if (object) this.#addUnitsOf(object, units);
      for (const unit of units) this.#dirty.add(unit);
      concerned.set(change.key, units);
    }
    return concerned;
  }

  /** Marks one unit: its desired state or its drift verdict changed. */
  markUnit(unit: string): void {
    this.#dirty.add(unit);
  }

  /** Marks the units that look at objects of this kind: what is known of all of it changed. */
  markKind(kind: GroupKind): void {
    for (const unit of this.#index.unitsOfKind(kind)) this.#dirty.add(unit);
  }

  /** Reads the marked units again, at least one of them, until `enough` says so; the others stay marked. */
  recompute(enough: () => boolean = () => false): UnitChanges {
    return this.#recompute(this.#dirty, enough);
  }

  /** Reads this unit again and no other. */
  recomputeUnit(unit: string): UnitChanges {
    return this.#recompute([unit], () => false);
  }

  #recompute(keys: Iterable<string>, enough: () => boolean): UnitChanges {
    const upserts: Unit[] = [];
    const same: Unit[] = [];
    const removes: string[] = [];
    for (const key of keys) {
      if (upserts.length + same.length + removes.length > 0 && enough()) break;
      this.#dirty.delete(key);
      const before = this.#units.get(key);
      const unit = this.#read(key);
      if (!unit) {
        if (before) removes.push(key);
        this.#units.delete(key);
        this.#index.delete(key);
        continue;
      }
      this.#units.set(key, unit);
      this.#index.set(key, this.#keysOf(unit.reading));
      if (before && isDeepStrictEqual(before.application, unit.application)) same.push(unit);
      else upserts.push(unit);
    }
    return { upserts, same, removes };
  }

  #read(key: string): Unit | undefined {
    const ref = parseApplicationKey(key);
    const reader = ref && this.#readers.get(ref.engine);
    if (!reader) return undefined;
    const { cluster, store, desired, verdict, now } = this.#options;
    const reading = reader.read(ref, { cluster, store, desired: desired(key), now: now() });
    return reading && { ref, reading, application: withDrift(reading, verdict(key)) };
  }

  /** What a unit looks at, by the store's own keys where it has them: forty thousand texts less. */
  #keysOf({ dependsOn, inventory }: Reading): Set<string> {
    const { store } = this.#options;
    const keys = new Set<string>();
    for (const key of dependsOn) keys.add(store.get(key)?.key ?? key);
    for (const { ref } of inventory) {
      const key = resourceKey(ref);
      keys.add(store.get(key)?.key ?? key);
    }
    return keys;
  }

  #addUnitsOf(object: StoredObject, units: Set<string>): void {
    const { store, readers } = this.#options;
    for (const reader of readers) for (const ref of reader.unitsOf(object, store)) units.add(applicationKey(ref));
    for (const unit of this.#index.unitsOf(object.key)) units.add(unit);
    for (const owner of owners(object, store)) for (const unit of this.#index.unitsOf(owner)) units.add(unit);
  }
}

const maxOwnerDepth = 6;

/** Keys of an object's owners, nearest first: a Pod's are its ReplicaSet and its Deployment. */
function owners(object: StoredObject, store: StoreReader): Set<string> {
  const found = new Set<string>();
  let level: readonly StoredObject[] = [object];
  for (let depth = 0; depth < maxOwnerDepth && level.length > 0; depth += 1) {
    const next: StoredObject[] = [];
    for (const { object: owned } of level) {
      for (const { apiVersion, kind, name } of owned.metadata.ownerReferences ?? []) {
        const { group } = parseApiVersion(apiVersion);
        const { namespace } = owned.metadata;
        // An owner lives in the same namespace or in none.
        for (const key of [
          resourceKey({ group, kind, name, ...(namespace && { namespace }) }),
          resourceKey({ group, kind, name }),
        ]) {
          if (found.has(key)) continue;
          found.add(key);
          const stored = store.get(key);
          if (stored) next.push(stored);
        }
      }
    }
    level = next;
  }
  return found;
}
