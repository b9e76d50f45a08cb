import { deepEqual } from "#lib/diff/json.ts";
import type { Application } from "#lib/model/application.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";

/** What one view of a cluster knows. */
export interface Knowledge {
  readonly store: Pick<StoreReader, "get">;
  desired(unit: string): DesiredState | undefined;
  application(unit: string): Application | undefined;
}

/** The other views of a cluster, as one of them sees them. */
export interface OtherViews {
  /** Whether there are any. */
  readonly any: boolean;
  /** The same object as another view has it, when that is equal in all its parts. */
  twinOf(stored: StoredObject): StoredObject | undefined;
  /** What another view has loaded for this unit: not for this one's person, but to keep once what is equal. */
  desired(unit: string): DesiredState | undefined;
  /** This row, as another view has it when that is equal in all its parts. */
  shareRow(unit: string, row: Application): Application;
  /** The view has ended. */
  leave(): void;
}

/**
 * The views of each cluster, so that two identities keep what both have received once. Nobody learns anything by it: each view has got every object from the API server
 * with its own person's rights, and only what is equal in all its parts to what it has got is taken from another view, where it is the same content in another place of memory.
 */
export class Siblings {
  readonly #views = new Map<string, Set<Knowledge>>();

  /** A view of this cluster begins. */
  join(cluster: string, own: Knowledge): OtherViews {
    const all = this.#views.get(cluster) ?? new Set();
    this.#views.set(cluster, all);
    all.add(own);
    const others = function* (): Iterable<Knowledge> {
      for (const each of all) if (each !== own) yield each;
    };
    return {
      get any() {
        return all.size > 1;
      },
      twinOf(stored) {
        for (const { store } of others()) {
          const known = store.get(stored.key);
          if (known && isTwin(known, stored)) return known;
        }
        return undefined;
      },
      desired(unit) {
        for (const other of others()) {
          const known = other.desired(unit);
          if (known) return known;
        }
        return undefined;
      },
      shareRow(unit, row) {
        for (const other of others()) {
          const known = other.application(unit);
          if (known && isEqual(known, row)) return known;
        }
        return row;
      },
      leave: () => {
        all.delete(own);
        if (all.size === 0) this.#views.delete(cluster);
      },
    };
  }
}

function isTwin(known: StoredObject, stored: StoredObject): boolean {
  return (
    stored.resourceVersion !== "" &&
    known.uid === stored.uid &&
    known.resourceVersion === stored.resourceVersion &&
    isEqual(known, stored)
  );
}

/** What is nested so deeply that the stack ends before it has been compared is not equal. */
function isEqual(one: unknown, other: unknown): boolean {
  try {
    return deepEqual(one, other);
  } catch (fault) {
    if (fault instanceof RangeError) return false;
    throw fault;
  }
}
