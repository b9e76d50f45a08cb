import { isDeepStrictEqual } from "node:util";
import { refOf } from "#lib/diff/manifest-object.ts";
import { formatPath } from "#lib/diff/field-path.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredObject, DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { KubeError } from "#server/kube/client.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { Confirmation } from "./confirm.ts";
import { compareLocally, type LocalComparison } from "./local-comparison.ts";
import { sumUp, unknownVerdict, verdictSignature } from "./unit-verdict.ts";
import type { DriftVerdict, ObjectVerdict } from "./verdict.ts";

/** Runs something later; the answer cancels it. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

/** Asks the cluster how one object stands. @throws KubeError, and whatever an abort throws */
export type Confirm = (
  desired: DesiredObject,
  state: DesiredState,
  io: EngineIo,
  signal?: AbortSignal,
) => Promise<Confirmation>;

/** What units need of their tracker. */
export interface TrackedUnitOptions {
  readonly store: StoreReader;
  readonly now: () => string;
  readonly schedule: Schedule;
  readonly confirm: (desired: DesiredObject, state: DesiredState, signal: AbortSignal) => Promise<Confirmation>;
  readonly onVerdict: (unit: ApplicationRef, verdict: DriftVerdict) => void;
}

/** Milliseconds that changes of one object are gathered for. */
const gather = 50;
/** How long a difference that the engine itself made may last before it counts: it is usually applying something newer. */
const engineGrace = 3_000;
const retryAfter = 5_000;
const recheckFirst = 250;
const recheckLast = 5_000;

const none: ReadonlySet<string> = new Set();

/** An object that is not simply as desired. */
interface Tracked {
  /** What it was last found to differ in; the same again needs no second question. */
  asked?: string;
  /** "equal" is that of an object that was as desired, until the cluster has said whether it still is. */
  verdict?: ObjectVerdict | "equal";
  /** Why it has no verdict; not settled means that there will be one soon. */
  unknown?: { readonly note: string; readonly settled: boolean };
  /** Set while an answer is awaited; a newer question makes the older answer stale. */
  question?: { readonly signature: string; readonly abort: AbortController; cancel: () => void };
}

/**
 * One unit's objects and their verdicts. Of those that are as desired, which are nearly all, only the keys are kept here: what they should be is in the desired state,
 * which is unpacked when one of them changes.
 */
export class TrackedUnit {
  readonly #unit: ApplicationRef;
  readonly #options: TrackedUnitOptions;
  #state: DesiredState | undefined;
  /** Of each desired object, in their order. Should two have the same, the later one counts. */
  #keys: readonly string[] = [];
  readonly #others = new Map<string, Tracked>();
  #pruned: ReadonlySet<string> = none;
  #verdict: DriftVerdict | undefined;
  #signature = "";
  #cancelRecheck: (() => void) | undefined;
  #recheckDelay = recheckFirst;

  constructor(unit: ApplicationRef, options: TrackedUnitOptions) {
    this.#unit = unit;
    this.#options = options;
  }

  get verdict(): DriftVerdict | undefined {
    return this.#verdict;
  }

  setDesired(state: DesiredState): void {
    this.close();
    const { store } = this.#options;
    const { objects, pruned } = state;
    this.#state = state;
    this.#others.clear();
    const keys = objects.map(({ object }) => ownKey(resourceKey(refOf(object)), store));
    // The same verdict on other objects is another one.
    if (!isDeepStrictEqual(keys, this.#keys)) this.#signature = "";
    this.#keys = keys;
    this.#pruned = pruned ? new Set(pruned.map((object) => resourceKey(refOf(object)))) : none;
    this.#recheckDelay = recheckFirst;
    if (state.error !== undefined) return this.#set(unknownVerdict(state.error, this.#options.now()));
    for (const [key, desired] of new Map(objects.map((desired, index) => [this.#keys[index] ?? "", desired])))
      this.#judge(key, desired, false);
    this.#publish();
  }

  objectChanged(key: string): void {
    const isDesired = this.#judgeAgain(key);
    if (isDesired || this.#pruned.has(key)) this.#publish();
  }

  /** Stops all questions and timers. */
  close(): void {
    this.#cancelRecheck?.();
    this.#cancelRecheck = undefined;
    for (const tracked of this.#others.values()) drop(tracked);
  }

  /** Whether that is one of the desired objects. */
  #judgeAgain(key: string): boolean {
    const index = this.#keys.lastIndexOf(key);
    const desired = index === -1 ? undefined : this.#state?.objects[index];
    if (desired) this.#judge(key, desired, true);
    return desired !== undefined;
  }

  /** Compares one object here, and asks the cluster if that is a candidate. */
  #judge(key: string, desired: DesiredObject, known: boolean): void {
    const state = this.#state;
    if (!state) return;
    const local = compareLocally(desired, state, this.#options.store);
    if (local.state === "differs") return this.#ask(key, desired, signatureOf(local), known);
    const before = this.#others.get(key);
    if (before) drop(before);
    if (local.state === "equal") return void this.#others.delete(key);
    if (local.state === "unknown") {
      this.#others.set(key, { unknown: { note: local.note, settled: local.settled } });
      if (!local.settled) this.#recheckSoon();
      return;
    }
    const ref = refOf(desired.object);
    this.#others.set(key, {
      verdict:
        local.state === "missing"
          ? { ref, change: "removed", fields: [], exactness: "local" }
          : { ref, change: "unchanged", fields: [], exactness: "local", note: local.note },
    });
  }

  /** @param known whether it has been judged before */
  #ask(key: string, desired: DesiredObject, signature: string, known: boolean): void {
    const tracked = this.#others.get(key) ?? (known ? { verdict: "equal" } : {});
    this.#others.set(key, tracked);
    if (tracked.question ? tracked.question.signature === signature : tracked.asked === signature) return;
    drop(tracked);
    this.#question(tracked, desired, signature, gather, false);
  }

  #question(tracked: Tracked, desired: DesiredObject, signature: string, delay: number, patienceSpent: boolean): void {
    const abort = new AbortController();
    const start = (): void => void this.#await(tracked, desired, signature, abort, patienceSpent);
    tracked.question = { signature, abort, cancel: this.#options.schedule(delay, start) };
  }

  async #await(
    tracked: Tracked,
    desired: DesiredObject,
    signature: string,
    abort: AbortController,
    patienceSpent: boolean,
  ): Promise<void> {
    const state = this.#state;
    if (!state) return;
    const answer = await this.#options
      .confirm(desired, state, abort.signal)
      .catch((error: unknown) => (error instanceof KubeError ? error.message : "the comparison failed"));
    if (tracked.question?.abort !== abort) return;
    if (typeof answer === "string") {
      tracked.unknown = { note: answer, settled: true };
      delete tracked.verdict;
      this.#question(tracked, desired, signature, retryAfter, patienceSpent);
    } else if (answer.byEngine && !patienceSpent) {
      this.#question(tracked, desired, signature, engineGrace, true);
      return;
    } else {
      delete tracked.question;
      delete tracked.unknown;
      tracked.asked = signature;
      tracked.verdict = answer.verdict;
    }
    this.#publish();
  }

  /** While kinds are still being listed no event says that an object is missing. */
  #recheckSoon(): void {
    if (this.#cancelRecheck) return;
    this.#cancelRecheck = this.#options.schedule(this.#recheckDelay, () => {
      this.#cancelRecheck = undefined;
      this.#recheckDelay = Math.min(this.#recheckDelay * 2, recheckLast);
      for (const [key, tracked] of this.#others)
        if (tracked.unknown !== undefined && !tracked.question) this.#judgeAgain(key);
      this.#publish();
    });
  }

  #publish(): void {
    const { store, now } = this.#options;
    const verdicts = new Map<string, ObjectVerdict>();
    // In the order of the desired objects, whenever each of them changed: the first one stands for all in the row.
    for (const key of this.#others.size === 0 ? [] : this.#keys) {
      const verdict = this.#others.get(key)?.verdict;
      if (verdict && verdict !== "equal") verdicts.set(key, verdict);
    }
    for (const key of this.#pruned) {
      const live = store.get(key);
      if (live)
        verdicts.set(key, {
          ref: live.ref,
          change: "added",
          fields: [],
          exactness: "local",
          note: "not desired any more: a sync with prune deletes it",
        });
    }
    const open = [...this.#others.values()].some(
      ({ verdict, unknown }) => verdict === undefined && unknown?.settled !== true,
    );
    const drifted = [...verdicts.values()].some(({ change }) => change !== "unchanged");
    // "None" is only said when every candidate has been answered for.
    if (open && !drifted) return;
    const unknown = [...this.#others.values()].flatMap(({ unknown }) => unknown?.note ?? []);
    const equal = this.#others.size === 0 ? this.#keys : this.#keys.filter((key) => this.#isEqual(key));
    this.#set(sumUp(verdicts, equal, unknown, now()));
  }

  #isEqual(key: string): boolean {
    const other = this.#others.get(key);
    return other === undefined || other.verdict === "equal";
  }

  #set(verdict: DriftVerdict): void {
    this.#verdict = verdict;
    const signature = verdictSignature(verdict);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#options.onVerdict(this.#unit, verdict);
  }
}

/** The store's own text for a key, where it has one: tens of thousands less. */
function ownKey(key: string, store: StoreReader): string {
  return store.get(key)?.key ?? key;
}

function drop(tracked: Tracked): void {
  tracked.question?.cancel();
  tracked.question?.abort.abort();
  delete tracked.question;
}

function signatureOf({ differences }: Extract<LocalComparison, { state: "differs" }>): string {
  return JSON.stringify(differences.map(({ path, from, to }) => [formatPath(path), from, to]));
}
