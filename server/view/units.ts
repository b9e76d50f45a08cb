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
  /** An equal row that is kept already, or this one. */
  readonly shareRow?: (unit: string, row: Application) => Application;
  /** RFC 3339. */
  readonly now: () => string;
}

/** One unit as it is known. */
export interface Unit {
  readonly ref: ApplicationRef;
  readonly reading: Reading;
  readonly application: Application;
}

/**
 * A unit that keeps its row. What its engine says of it is not kept, because inventories would be half of what a view has in memory: where nobody has that any more, it is read
 * again, from what the store has by then; what has gone from there since has no inventory.
 */
class KeptUnit implements Unit {
  readonly ref: ApplicationRef;
  readonly application: Application;
  readonly #read: (ref: ApplicationRef) => Reading | undefined;
  #last: WeakRef<Reading>;

  constructor(
    ref: ApplicationRef,
    application: Application,
    reading: Reading,
    read: (ref: ApplicationRef) => Reading | undefined,
  ) {
    this.ref = ref;
    this.application = application;
    this.#read = read;
    this.#last = new WeakRef(reading);
  }

  get reading(): Reading {
    let reading = this.#last.deref();
    if (!reading) {
      reading = this.#read(this.ref) ?? { application: this.application, inventory: [], dependsOn: [] };
      this.#last = new WeakRef(reading);
    }
    return reading;
  }
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
  /** Marked because of a kind, which may be all there are: what has changed itself does not wait for them. */
  readonly #stale = new Set<string>();

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
    return this.#dirty.size + this.#stale.size > 0;
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
    for (const unit of this.#index.unitsOfKind(kind)) this.#stale.add(unit);
  }

  /** Reads the marked units again, at least one of them, until `enough` says so; the others stay marked. */
  recompute(enough: () => boolean = () => false): UnitChanges {
    return this.#recompute(this.#marked(), enough);
  }

  *#marked(): Iterable<string> {
    yield* this.#dirty;
    yield* this.#stale;
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
      this.#stale.delete(key);
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
    const reading = ref && this.#reading(ref);
    if (!reading) return undefined;
    const { verdict, shareRow = (_unit, row) => row } = this.#options;
    return new KeptUnit(ref, shareRow(key, withDrift(reading, verdict(key))), reading, this.#reading);
  }

  readonly #reading = (ref: ApplicationRef): Reading | undefined => {
    const { cluster, store, desired, now } = this.#options;
    const context = { cluster, store, desired: desired(applicationKey(ref)), now: now() };
    return this.#readers.get(ref.engine)?.read(ref, context);
  };

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
