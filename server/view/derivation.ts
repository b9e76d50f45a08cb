import { sourcesTouched } from "#lib/api/events.ts";
import { applicationKey, parseApplicationKey, type Application, type ApplicationRef } from "#lib/model/application.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { packState } from "#server/desired/pack-state.ts";
import { loadDesired } from "#server/desired/registry.ts";
import { DriftTracker } from "#server/drift/drift-tracker.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import { engineReaders } from "#server/engines/registry.ts";
import type { GroupKind, StoreChange } from "#server/kube/store.ts";
import { isConcerned, sourcesChanged } from "#server/sources/sources.ts";
import { growLittle } from "#server/tools/heap-growth.ts";
import { DesiredQueue } from "./desired-queue.ts";
import type { Publisher } from "./publisher.ts";
import type { OtherViews } from "./siblings.ts";
import { Turns } from "./turns.ts";
import { Units, type Unit, type UnitChanges } from "./units.ts";

/** What a derivation works with, and whom it tells. */
export interface DerivationOptions {
  readonly cluster: string;
  readonly io: EngineIo;
  readonly publisher: Publisher;
  /** Views that may have the same desired states and rows. */
  readonly others?: Pick<OtherViews, "desired" | "shareRow"> | undefined;
  /** Resolves when desired states may be loaded, for which nobody waits. */
  readonly whenIdle?: (() => Promise<void>) | undefined;
  /** A unit names an object of this kind. */
  readonly onKind: (kind: GroupKind) => void;
  /** A unit was read again, or what it should be was loaded. */
  readonly onRead: (unit: ApplicationRef) => void;
  /** All rows of the first complete list have been read. */
  readonly onSettled: () => void;
}

/**
 * Milliseconds between two turns until the first list is complete, which get longer from one to the next: rows appear early, and reading what will be read again when all is there does not
 * hold up the list itself.
 */
const pauses = { first: 100, longest: 1600 };

/** Everything that follows from the objects of a view: rows, desired states and drift, each kept true by the changes that concern it. */
export class Derivation {
  readonly #options: DerivationOptions;
  readonly #units: Units;
  readonly #desired: DesiredQueue;
  readonly #drift: DriftTracker;
  readonly #turns = new Turns(
    (until) => this.#flush(until),
    () => (this.#complete ? 0 : this.#pause),
  );
  #pause = pauses.first;
  #sourcesChanged = false;
  #complete = false;
  #settled = false;
  #closed = false;

  constructor(options: DerivationOptions) {
    this.#options = options;
    const { cluster, io } = options;
    this.#drift = new DriftTracker({ io, now, onVerdict: (unit) => this.#recomputeSoon(applicationKey(unit)) });
    this.#desired = new DesiredQueue({
      load: (unit, signal) => this.#load(unit, signal),
      onLoaded: (unit, state) => this.#loaded(unit, state),
      // A build is a program; what is merely read comes first, and with it the charts of all releases.
      isSlow: (unit) => unit.startsWith("flux-kustomization/"),
    });
    this.#units = new Units({
      cluster,
      store: io.store,
      readers: engineReaders,
      desired: (unit) => this.#desired.get(unit),
      verdict: (unit) => this.#verdict(unit),
      shareRow: (unit, row) => options.others?.shareRow(unit, row) ?? row,
      now: () => `${now().slice(0, 16)}:00Z`,
    });
  }

  /** Whether all kinds have been listed or refused. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Whether the first list was complete and all of its rows have been read. */
  get settled(): boolean {
    return this.#settled;
  }

  /** All units; what waits is read first, but not before the first list has been read: until then the rows come in turns, and these are those of the last one. */
  all(): Iterable<Unit> {
    if (this.#settled) this.#turns.now();
    return this.#units.all.values();
  }

  /** One unit, read anew when something of it changed. */
  unit(ref: ApplicationRef): Unit | undefined {
    this.#turns.now();
    return this.peek(ref);
  }

  /** One unit as it was read last: never reads, because it may be asked from within. */
  peek(ref: ApplicationRef): Unit | undefined {
    return this.#closed ? undefined : this.#units.all.get(applicationKey(ref));
  }

  /** Desired state as loaded last. */
  desired(ref: ApplicationRef): DesiredState | undefined {
    return this.desiredOf(applicationKey(ref));
  }

  /** The same, by the unit's key. */
  desiredOf(unit: string): DesiredState | undefined {
    return this.#desired.get(unit);
  }

  /** A unit's row as it was read last, by the unit's key. */
  applicationOf(unit: string): Application | undefined {
    return this.#units.all.get(unit)?.application;
  }

  /** What is known of a unit's drift. */
  verdict(ref: ApplicationRef): DriftVerdict | undefined {
    return this.#drift.verdict(ref);
  }

  /** Objects of the store changed. */
  objectsChanged(changes: readonly StoreChange[]): void {
    for (const [object, units] of this.#units.mark(changes)) {
      for (const unit of units) this.#objectChanged(unit, object);
    }
    this.#sourcesChanged ||= sourcesChanged(changes);
    this.#turns.soon();
  }

  /** What is known of a whole kind changed: what is missing and what is merely not known yet depends on it. */
  kindChanged(kind: GroupKind): void {
    this.#units.markKind(kind);
    this.#sourcesChanged ||= isConcerned(kind);
    this.#turns.soon();
  }

  /** All kinds have been listed or refused: what is left is read without pauses. */
  completed(): void {
    this.#complete = true;
    this.#turns.again();
  }

  /** "Stuck since" is a matter of time, not of events. */
  timePassed(): void {
    for (const { ref, application } of this.#units.all.values()) {
      if (application.operation?.phase === "Running") this.#recomputeSoon(applicationKey(ref));
    }
  }

  close(): void {
    this.#closed = true;
    this.#turns.close();
    this.#desired.close();
    for (const { ref } of this.#units.all.values()) this.#drift.remove(ref);
  }

  #verdict(key: string): DriftVerdict | undefined {
    const ref = parseApplicationKey(key);
    return ref && this.#drift.verdict(ref);
  }

  #objectChanged(unit: string, object: string): void {
    const ref = parseApplicationKey(unit);
    if (ref && this.#units.all.has(unit)) this.#drift.objectChanged(ref, object);
  }

  #recomputeSoon(unit: string): void {
    this.#units.markUnit(unit);
    this.#turns.soon();
  }

  /** @param until when it is time to let others have their turn, on the clock of `performance.now`; what is left comes soon after. */
  #flush(until: number): void {
    this.#pause = Math.min(this.#pause * 2, pauses.longest);
    if (this.#sourcesChanged) this.#options.publisher.touched([sourcesTouched]);
    this.#sourcesChanged = false;
    if (this.#units.pending) this.#publish(this.#units.recompute(() => performance.now() > until));
    if (this.#units.pending) this.#turns.more();
    else if (this.#complete && !this.#settled) this.#settle();
  }

  /** What should be there is loaded only now, so that it does not keep anybody from the first list. */
  #settle(): void {
    this.#settled = true;
    growLittle();
    this.#desired.start();
    this.#options.onSettled();
  }

  #publish({ upserts, same, removes }: UnitChanges): void {
    const { publisher, onRead, onKind } = this.#options;
    for (const key of removes) {
      this.#desired.delete(key);
      const ref = parseApplicationKey(key);
      if (ref) this.#drift.remove(ref);
    }
    for (const { ref, reading } of [...upserts, ...same]) {
      if (reading.desiredKey !== undefined) this.#desired.want(applicationKey(ref), reading.desiredKey);
      onRead(ref);
      for (const { ref: resource, remote } of reading.inventory) if (remote !== true) onKind(resource);
    }
    publisher.applications(
      upserts.map(({ application }) => application),
      [...removes],
    );
    publisher.touched(same.map(({ ref }) => applicationKey(ref)));
  }

  async #load(key: string, signal: AbortSignal): Promise<DesiredState | undefined> {
    await this.#options.whenIdle?.();
    const unit = this.#units.all.get(key);
    if (!unit) return undefined;
    const { io, others } = this.#options;
    const loaded = await loadDesired(unit.ref, unit.reading, { ...io, background: true }, signal);
    return packState(loaded, others?.desired(key));
  }

  #loaded(key: string, state: DesiredState): void {
    const unit = this.#units.all.get(key);
    if (!unit || this.#closed) return;
    // Read again first: for Helm the inventory comes from what was loaded, and its kinds may not be watched yet.
    this.#publish(this.#units.recomputeUnit(key));
    this.#drift.desiredChanged(unit.ref, state);
    this.#options.onRead(unit.ref);
  }
}

/** Whole seconds, as Kubernetes writes them: what was looked at together has the same time, and thousands of rows fewer different texts. */
function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
