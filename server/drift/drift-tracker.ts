import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { Semaphore } from "#server/tools/semaphore.ts";
import { confirmObject } from "./confirm.ts";
import { TrackedUnit, type Confirm, type Schedule, type TrackedUnitOptions } from "./tracked-unit.ts";
import type { DriftVerdict } from "./verdict.ts";

/** What a tracker works with; time, scheduling and the question to the cluster can be replaced in tests. */
export interface DriftTrackerOptions {
  readonly io: EngineIo;
  /** RFC 3339. */
  readonly now: () => string;
  /** Called when a verdict shows something else than before. */
  readonly onVerdict: (unit: ApplicationRef, verdict: DriftVerdict) => void;
  readonly schedule?: Schedule;
  readonly confirm?: Confirm;
  /** Confirmations at a time; 4 unless told. */
  readonly concurrency?: number;
}

/**
 * Follows whether what is live is still what was applied. Each relevant change is compared here, at once and without asking the cluster; only candidates
 * are confirmed by a dry run, coalesced for each object, the latest winning. In a steady state it costs the API server nothing.
 */
export class DriftTracker {
  readonly #units = new Map<string, TrackedUnit>();
  /** The same for all units. */
  readonly #options: TrackedUnitOptions;

  constructor(options: DriftTrackerOptions) {
    const { io, now, onVerdict, schedule = timer, confirm = confirmObject } = options;
    const turns = new Semaphore(options.concurrency ?? 4);
    this.#options = {
      store: io.store,
      now,
      schedule,
      confirm: (object, state, signal) => turns.run(() => confirm(object, state, io, signal), signal),
      onVerdict,
    };
  }

  /** Desired state was loaded or has failed to load: everything is judged anew. */
  desiredChanged(unit: ApplicationRef, desired: DesiredState): void {
    const key = applicationKey(unit);
    let tracked = this.#units.get(key);
    if (!tracked) {
      tracked = new TrackedUnit(unit, this.#options);
      this.#units.set(key, tracked);
    }
    tracked.setDesired(desired);
  }

  /** An object (`resourceKey`) of the store appeared, changed or went; cheap for those that the unit does not desire. */
  objectChanged(unit: ApplicationRef, object: string): void {
    this.#units.get(applicationKey(unit))?.objectChanged(object);
  }

  /** The unit is gone: nothing more is said of it. */
  remove(unit: ApplicationRef): void {
    const key = applicationKey(unit);
    this.#units.get(key)?.close();
    this.#units.delete(key);
  }

  /** What is known; undefined before the first complete comparison. */
  verdict(unit: ApplicationRef): DriftVerdict | undefined {
    return this.#units.get(applicationKey(unit))?.verdict;
  }
}

function timer(milliseconds: number, run: () => void): () => void {
  const timeout = setTimeout(run, milliseconds);
  timeout.unref();
  return () => clearTimeout(timeout);
}
