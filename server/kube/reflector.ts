import { createBackoff } from "./backoff.ts";
import { KubeError } from "./client.ts";
import { CredentialError } from "./credential-error.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { createIngest } from "./ingest.ts";
import { errorOfStatus } from "./kube-fault.ts";
import { listPages } from "./list-pages.ts";
import type { StoreEdit } from "./object-store.ts";
import { ReflectedSet } from "./reflected-set.ts";
import { sameState, type ReflectorOptions, type ReflectorState } from "./reflector-options.ts";
import { listRequest, watchRequest } from "./reflector-request.ts";
import { isRefusal, Refusals, type RefusalStatus } from "./refusals.ts";
import * as times from "./reflector-times.ts";
import { parseWatchEvent } from "./watch-event.ts";
import { WatchLifetime } from "./watch-lifetime.ts";
import { splitLines } from "./watch-lines.ts";

/**
 * Follows one kind, in one namespace or in all, by list and watch. It survives lost connections, restarts of the API server and
 * compaction without a gap: it resumes from the last version, and where that is gone it lists again and removes what has
 * been deleted meanwhile. It ends only by `stop` or when the credentials have stopped working.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #set: ReflectedSet;
  readonly #backoff;
  readonly #stopped = new AbortController();
  #attempt = new AbortController();
  #waiting: AbortController | undefined;
  #state: ReflectorState | undefined;
  #resourceVersion: string | undefined;
  #streamedLists = true;
  #tooLarge = 0;
  #running: Promise<void> | undefined;
  #suspicion: string | undefined;
  #rechecking = false;
  #received = 0;
  #wasSynced = false;
  readonly #refusals = new Refusals();
  readonly #lifetime: WatchLifetime;
  readonly #slowBackoff;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#lifetime = new WatchLifetime(this.#clock, this.#random, options.lifetime);
    this.#backoff = createBackoff(this.#random);
    this.#slowBackoff = createBackoff(this.#random, 2_000, 60_000);
    const { resource, masker, depth = "full", project, twins } = options;
    const ingest = createIngest({ resource, depth, masker, twins, ...(project ? { project } : {}) });
    this.#set = new ReflectedSet(resource, ingest);
  }

  /** The state that was announced last. */
  get state(): ReflectorState {
    return this.#state ?? { state: "syncing" };
  }

  /** Begins; the promise resolves when the reflector has ended. */
  start(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Ends, without another announcement. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#attempt.abort();
    this.#waiting?.abort();
    await this.#running;
  }

  /** Ends a wait between attempts: a CRD appeared, permissions changed, the network is back. */
  retryNow(): void {
    this.#waiting?.abort();
  }

  /** Drops the connection and makes a new one, because a probe found the API server out of reach though the watch looks alive. */
  suspect(message: string): void {
    if (this.#waiting) return;
    this.#suspicion = message;
    this.#attempt.abort();
  }

  /**
   * Makes the connection anew and goes on from the same version: a watch that has begun is sent on to somebody who may not read any more, a new one is refused.
   */
  recheck(): void {
    if (this.#waiting) return this.retryNow();
    this.#rechecking = true;
    this.#attempt.abort();
  }

  /** Takes back all that it has put into the store; only once it has been stopped. */
  forget(): void {
    this.#emit(this.#set.clear());
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#attempt = new AbortController();
      this.#suspicion = undefined;
      this.#rechecking = false;
      try {
        await this.#follow();
      } catch (fault) {
        if (this.#stopped.signal.aborted) return;
        if (this.#rechecking) continue;
        const wait = this.#judge(fault);
        if (wait === undefined) return;
        await this.#wait(wait);
      }
    }
  }

  /** One connection: resumes the watch, or lists first. Returns when it ended in order. */
  async #follow(): Promise<void> {
    if (this.#resourceVersion === undefined) {
      if (this.#state === undefined || this.#state.state === "synced") this.#announce({ state: "syncing" });
      this.#set.beginList();
      if (this.#streamedLists) return this.#watch(undefined);
      await this.#listPages();
    }
    return this.#watch(this.#resourceVersion);
  }

  async #listPages(): Promise<void> {
    let resourceVersion = "";
    for await (const page of listPages(this.#options.client, listRequest(this.#options, this.#attempt.signal))) {
      if (page.restarted) this.#set.beginList();
      ({ resourceVersion } = page);
      this.#emit(page.items.map((item) => this.#set.put(item)));
    }
    this.#emit(this.#set.endList());
    this.#resourceVersion = resourceVersion;
  }

  async #watch(from: string | undefined): Promise<void> {
    const initial = from === undefined;
    const started = this.#clock.now();
    const patience = new AbortController();
    const ending = new AbortController();
    if (initial) void this.#limitPatience(patience.signal);
    let events = 0;
    try {
      const timeoutSeconds = this.#lifetime.next(initial);
      const stream = await this.#options.client.stream(
        watchRequest(this.#options, from, timeoutSeconds, this.#attempt.signal),
      );
      this.#options.onHeard?.();
      void this.#lifetime
        .isOverdue(timeoutSeconds, ending.signal)
        .then((overdue) => overdue && this.suspect("The API server does not answer any more."));
      if (!initial) {
        this.#wasSynced = true;
        this.#refusals.ended();
        this.#announce({ state: "synced" });
      }
      for await (const lines of splitLines(stream)) {
        events += lines.length;
        this.#received += lines.length;
        this.#options.onHeard?.();
        if (!this.#take(lines)) continue;
        patience.abort();
        void this.#lifetime.renewal(ending.signal).then((due) => due && this.recheck());
      }
    } finally {
      patience.abort();
      ending.abort();
    }
    if (this.#suspicion !== undefined) throw new KubeError(0, "Unreachable", this.#suspicion);
    if (this.#resourceVersion === undefined)
      throw new KubeError(0, "Unreachable", "The API server ended the list before it was complete.");
    if (events === 0 && this.#clock.now() - started < times.shortWatch)
      throw new KubeError(0, "Unreachable", "The API server ended the watch at once.");
  }

  /** Takes the events of one piece. True when they ended a streamed list. */
  #take(lines: readonly string[]): boolean {
    const edits: (StoreEdit | undefined)[] = [];
    let ended = false;
    try {
      for (const line of lines) {
        const event = parseWatchEvent(line);
        if (!event) continue;
        if (event.type === "ERROR") throw this.#watchError(event.object);
        if (event.type === "DELETED") edits.push(this.#set.remove(event.object));
        else if (event.type !== "BOOKMARK") edits.push(this.#set.put(event.object));
        const listing = this.#resourceVersion === undefined;
        if (listing && event.type === "BOOKMARK" && event.initialEnd) {
          edits.push(...this.#set.endList());
          ended = true;
        }
        // Versions within the initial events are those of single objects: no watch may begin from there.
        if ((!listing || ended) && event.resourceVersion !== "") this.#resourceVersion = event.resourceVersion;
      }
    } finally {
      this.#emit(edits);
    }
    if (ended) this.#announce({ state: "synced" });
    if (this.#resourceVersion !== undefined) this.#succeed();
    return ended;
  }

  #succeed(): void {
    this.#backoff.reset();
    this.#slowBackoff.reset();
    this.#tooLarge = 0;
    this.#wasSynced = true;
    this.#refusals.ended();
  }

  /** Errors within a watch: whatever they are, the version can't be trusted any more (client-go relists, too). */
  #watchError(object: unknown): KubeError {
    const error = errorOfStatus(object, (text) => this.#options.masker.maskText(text));
    if (error.status !== 410) this.#resourceVersion = undefined;
    return error;
  }

  async #limitPatience(signal: AbortSignal): Promise<void> {
    const received = this.#received;
    await this.#clock.wait(times.streamedListPatience, signal);
    if (signal.aborted || this.#stopped.signal.aborted) return;
    if (this.#received !== received) return this.#limitPatience(signal);
    this.#streamedLists = false;
    this.suspect("The API server does not stream lists.");
  }

  /** What to do after a failure: milliseconds to wait, or undefined to end. */
  #judge(fault: unknown): number | undefined {
    if (fault instanceof CredentialError) return this.#end(fault.message);
    // The words of other faults (a JSON parser's) may quote what came.
    const unreadable = "What the API server sent could not be read.";
    const error = fault instanceof KubeError ? fault : new KubeError(0, "Unreachable", unreadable);
    const { status, retryAfter } = error;
    const message = this.#suspicion ?? error.message;
    if (isRefusal(status)) return this.#judgeRefusal(status, message);
    if (status === 0 || status >= 500) this.#refusals.lost(this.#clock.now());
    else this.#refusals.ended();
    if (status === 410) {
      // The API server is there, and only our version is too old for it: the pauses of an outage before are over.
      if (this.#resourceVersion !== undefined) this.#backoff.reset();
      this.#resourceVersion = undefined;
      this.#announce({ state: "syncing" });
      return this.#backoff.next();
    }
    if ((status === 400 || status === 422) && this.#resourceVersion === undefined && this.#streamedLists) {
      this.#streamedLists = false;
      return 0;
    }
    // A server whose etcd was restored from a backup never reaches the version that we know.
    if (/too large resource version/i.test(error.message) && ++this.#tooLarge >= 5) this.#resourceVersion = undefined;
    if (status === 400 || status === 422) this.#resourceVersion = undefined;
    if (!(status === 429 && this.#state?.state === "syncing")) this.#announce({ state: "disconnected", message });
    return Math.max(this.#backoff.next(), (retryAfter ?? 0) * 1000 * (1 + this.#random() * 0.1));
  }

  #judgeRefusal(status: RefusalStatus, message: string): number | undefined {
    const remaining = this.#refusals.remaining(status, this.#clock.now());
    if ((this.#wasSynced || status === 401) && remaining > 0) {
      if (this.#state?.state === "synced") this.#announce({ state: "syncing", refused: status === 403 });
      return Math.min(this.#backoff.next(), 2_000, remaining);
    }
    if (status === 401) return this.#end(message);
    this.#wasSynced = false;
    this.#resourceVersion = undefined;
    this.#emit(this.#set.clear());
    this.#announce(status === 403 ? { state: "forbidden", message } : { state: "absent" });
    return this.#slowBackoff.next();
  }

  #end(message: string): undefined {
    this.#announce({ state: "unauthenticated", message });
    return undefined;
  }

  async #wait(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    this.#waiting = new AbortController();
    await this.#clock.wait(milliseconds, this.#waiting.signal);
    this.#waiting = undefined;
  }

  #emit(edits: readonly (StoreEdit | undefined)[]): void {
    const real = edits.filter((edit) => edit !== undefined);
    if (real.length > 0) this.#options.onBatch(real);
  }

  #announce(state: ReflectorState): void {
    if (this.#stopped.signal.aborted) return;
    const same = this.#state !== undefined && sameState(this.#state, state);
    this.#state = state;
    if (!same) this.#options.onState(state);
  }
}
