import { refOf } from "#lib/diff/manifest-object.ts";
import { formatPath } from "#lib/diff/field-path.ts";
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

/** What a unit needs of its tracker. */
export interface TrackedUnitOptions {
  readonly store: StoreReader;
  readonly now: () => string;
  readonly schedule: Schedule;
  readonly confirm: (desired: DesiredObject, state: DesiredState, signal: AbortSignal) => Promise<Confirmation>;
  readonly onVerdict: (verdict: DriftVerdict) => void;
}

/** Milliseconds that changes of one object are gathered for. */
const gather = 50;
/** How long a difference that the engine itself made may last before it counts: it is usually applying something newer. */
const engineGrace = 3_000;
const retryAfter = 5_000;
const recheckFirst = 250;
const recheckLast = 5_000;

interface Tracked {
  readonly desired: DesiredObject;
  /** What it was last found to differ in; the same again needs no second question. */
  asked?: string;
  verdict?: ObjectVerdict;
  /** Why it has no verdict; not settled means that there will be one soon. */
  unknown?: { readonly note: string; readonly settled: boolean };
  /** Set while an answer is awaited; a newer question makes the older answer stale. */
  question?: { readonly signature: string; readonly abort: AbortController; cancel: () => void };
}

/** One unit's objects and their verdicts. */
export class TrackedUnit {
  readonly #options: TrackedUnitOptions;
  #state: DesiredState | undefined;
  #objects = new Map<string, Tracked>();
  #pruned = new Set<string>();
  #verdict: DriftVerdict | undefined;
  #signature = "";
  #cancelRecheck: (() => void) | undefined;
  #recheckDelay = recheckFirst;

  constructor(options: TrackedUnitOptions) {
    this.#options = options;
  }

  get verdict(): DriftVerdict | undefined {
    return this.#verdict;
  }

  setDesired(state: DesiredState): void {
    this.close();
    this.#state = state;
    this.#objects = new Map(state.objects.map((desired) => [resourceKey(refOf(desired.object)), { desired }]));
    this.#pruned = new Set(state.pruned?.map((object) => resourceKey(refOf(object))));
    this.#recheckDelay = recheckFirst;
    if (state.error !== undefined) return this.#set(unknownVerdict(state.error, this.#options.now()));
    for (const tracked of this.#objects.values()) this.#judge(tracked);
    this.#publish();
  }

  objectChanged(key: string): void {
    const tracked = this.#objects.get(key);
    if (tracked) this.#judge(tracked);
    if (tracked || this.#pruned.has(key)) this.#publish();
  }

  /** Stops all questions and timers. */
  close(): void {
    this.#cancelRecheck?.();
    this.#cancelRecheck = undefined;
    for (const tracked of this.#objects.values()) drop(tracked);
  }

  /** Compares one object here, and asks the cluster if that is a candidate. */
  #judge(tracked: Tracked): void {
    const state = this.#state;
    if (!state) return;
    const local = compareLocally(tracked.desired, state, this.#options.store);
    if (local.state === "differs") return this.#ask(tracked, state, signatureOf(local));
    drop(tracked);
    delete tracked.asked;
    delete tracked.unknown;
    const ref = refOf(tracked.desired.object);
    if (local.state === "unknown") {
      delete tracked.verdict;
      tracked.unknown = { note: local.note, settled: local.settled };
      if (!local.settled) this.#recheckSoon();
    } else if (local.state === "missing") {
      tracked.verdict = { ref, change: "removed", fields: [], exactness: "local" };
    } else {
      tracked.verdict = {
        ref,
        change: "unchanged",
        fields: [],
        exactness: "local",
        ...(local.state === "skipped" ? { note: local.note } : {}),
      };
    }
  }

  #ask(tracked: Tracked, state: DesiredState, signature: string): void {
    if (tracked.question ? tracked.question.signature === signature : tracked.asked === signature) return;
    drop(tracked);
    this.#question(tracked, state, signature, gather, false);
  }

  #question(tracked: Tracked, state: DesiredState, signature: string, delay: number, patienceSpent: boolean): void {
    const abort = new AbortController();
    const start = (): void => void this.#await(tracked, state, signature, abort, patienceSpent);
    tracked.question = { signature, abort, cancel: this.#options.schedule(delay, start) };
  }

  async #await(
    tracked: Tracked,
    state: DesiredState,
    signature: string,
    abort: AbortController,
    patienceSpent: boolean,
  ): Promise<void> {
    const answer = await this.#options
      .confirm(tracked.desired, state, abort.signal)
      .catch((error: unknown) => (error instanceof KubeError ? error.message : "the comparison failed"));
    if (tracked.question?.abort !== abort) return;
    if (typeof answer === "string") {
      tracked.unknown = { note: answer, settled: true };
      delete tracked.verdict;
      this.#question(tracked, state, signature, retryAfter, patienceSpent);
    } else if (answer.byEngine && !patienceSpent) {
      this.#question(tracked, state, signature, engineGrace, true);
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
      for (const tracked of this.#objects.values())
        if (tracked.unknown !== undefined && !tracked.question) this.#judge(tracked);
      this.#publish();
    });
  }

  #publish(): void {
    const { store, now } = this.#options;
    const verdicts = new Map<string, ObjectVerdict>();
    for (const [key, { verdict }] of this.#objects) if (verdict) verdicts.set(key, verdict);
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
    const open = [...this.#objects.values()].some(
      ({ verdict, unknown }) => verdict === undefined && unknown?.settled !== true,
    );
    const drifted = [...verdicts.values()].some(({ change }) => change !== "unchanged");
    // "None" is only said when every candidate has been answered for.
    if (open && !drifted) return;
    const unknown = [...this.#objects.values()].flatMap(({ unknown }) => unknown?.note ?? []);
    this.#set(sumUp(verdicts, unknown, now()));
  }

  #set(verdict: DriftVerdict): void {
    this.#verdict = verdict;
    const signature = verdictSignature(verdict);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#options.onVerdict(verdict);
  }
}

function drop(tracked: Tracked): void {
  tracked.question?.cancel();
  tracked.question?.abort.abort();
  delete tracked.question;
}

function signatureOf({ differences }: Extract<LocalComparison, { state: "differs" }>): string {
  return JSON.stringify(differences.map(({ path, from, to }) => [formatPath(path), from, to]));
}
