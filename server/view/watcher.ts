import type { WatchedKind } from "#server/engines/engine.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import type { KubeClient } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { Twins } from "#server/kube/ingest.ts";
import type { ObjectStore } from "#server/kube/object-store.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ReflectorState } from "#server/kube/reflector-options.ts";
import { startHeartbeat } from "#server/kube/heartbeat.ts";
import { Reflector } from "#server/kube/reflector.ts";
import { lifetimeAmong } from "#server/kube/watch-lifetime.ts";
import type { GroupKind, KindState } from "#server/kube/store.ts";
import { combineStates } from "./kind-states.ts";
import { watchKey } from "./watch-plan.ts";

/** What a watcher works with. */
export interface WatcherOptions {
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly masker: Masker;
  readonly store: ObjectStore;
  /** Where equal objects may be already. */
  readonly twins?: Twins | undefined;
  /** The namespaces that this person may read, asked for when a cluster-wide list is refused. */
  readonly namespaces: () => Promise<readonly string[]>;
  /** A kind's state changed. */
  readonly onState: (kind: GroupKind, state: KindState) => void;
  /** This person was refused what they could read: they may have lost rights on other kinds, too. */
  readonly onRefused?: () => void;
  /** The credentials have stopped working. */
  readonly onUnauthenticated: (message: string) => void;
}

interface Watch {
  readonly watch: WatchedKind;
  readonly scopes: Map<string, { reflector?: Reflector; state: ReflectorState }>;
}

/** Milliseconds without a word on any watch after which the API server is asked whether it is there. */
const suspiciousSilence = 15_000;

/** Seconds within which a watch should notice that it is not allowed any more. */
const longestNotice = 8;

/** Key of the scope "all namespaces". */
const everywhere = "";

/**
 * Runs the reflectors of one view: one for a kind, or one for each readable namespace where the cluster refuses a cluster-wide list. Kinds that
 * the cluster does not serve are remembered and started when they come.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #watches = new Map<string, Watch>();
  /** Asked for every resource of every unit that is read. */
  readonly #covered = new Set<string>();
  readonly #endHeartbeat: () => void;
  #stopped = false;
  #heardAt = performance.now();

  constructor(options: WatcherOptions) {
    this.#options = options;
    // A watch that is silent may be quiet or dead; only a question tells. Watches begin anew all the time, so that it is rarely needed.
    this.#endHeartbeat = startHeartbeat({
      client: options.client,
      needed: () => performance.now() - this.#heardAt > suspiciousSilence || this.#isDisconnected(),
      onAlive: () => this.#each((reflector, state) => state.state === "disconnected" && reflector.retryNow()),
      onLost: (message) => this.#each((reflector) => reflector.suspect(message)),
    });
  }

  /** Watches a kind from now on; watching it already does nothing. */
  add(watch: WatchedKind): void {
    const key = watchKey(watch);
    if (this.#stopped || this.#watches.has(key)) return;
    this.#watches.set(key, { watch, scopes: new Map() });
    this.#covered.add(`${watch.group}/${watch.kind}`);
    this.#start(key);
  }

  /** Whether some watch covers this kind. */
  covers({ group, kind }: GroupKind): boolean {
    return this.#covered.has(`${group}/${kind}`);
  }

  /** Whether something is refused to this person, or read in some namespaces only: more may be allowed one day. */
  get limited(): boolean {
    return this.#scopes().some(({ namespace, state }) => namespace !== everywhere || state.state === "forbidden");
  }

  /** Whether watches begin anew so rarely, because there are so many, that a right that was taken away is noticed too late by them. */
  get slow(): boolean {
    return this.#lifetime() > longestNotice;
  }

  /** Whether every kind that is watched has been listed, or can't be. */
  get listed(): boolean {
    const states = this.states();
    return states.length > 0 && states.every(({ state }) => state.state !== "syncing");
  }

  /** States of all kinds that are watched. */
  states(): { kind: GroupKind; state: KindState }[] {
    const kinds = new Map<string, GroupKind>();
    for (const { watch } of this.#watches.values())
      kinds.set(`${watch.group}/${watch.kind}`, { group: watch.group, kind: watch.kind });
    return [...kinds.values()].map((kind) => ({ kind, state: this.#stateOf(kind) }));
  }

  /** The kinds that this person follows and that were not found absent, as `deployments.apps`: whatever discovery says, they are there. */
  *followed(): Iterable<string> {
    for (const { kind, state } of this.states()) {
      const resource = this.#options.discovery.resolve(kind);
      if (resource && state.state !== "absent" && state.state !== "forbidden")
        yield `${resource.plural}.${resource.group}`;
    }
  }

  /** Starts what discovery has found since, and tries again what was refused or absent. */
  reconsider(): void {
    for (const [key, { scopes }] of this.#watches) {
      const states = [...scopes.values()];
      if (states.every(({ reflector }) => reflector === undefined)) this.#start(key);
      else
        for (const { reflector, state } of states)
          if (state.state === "absent" || state.state === "disconnected") reflector?.retryNow();
    }
  }

  /**
   * What this person may do has changed: watches that are not allowed any more are made anew, so that the API server itself refuses them and
   * what they have shown goes; what was refused and is allowed now is tried at once, in more namespaces or in all.
   */
  async reviewAccess(review: ClusterAccess["review"]): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((key) => this.#reviewWatch(key, review)));
  }

  async #reviewWatch(key: string, review: ClusterAccess["review"]): Promise<void> {
    const entry = this.#watches.get(key);
    const resource = entry && this.#options.discovery.resolve(entry.watch);
    if (!resource) return;
    const places = [...new Set([everywhere, ...entry.scopes.keys()])];
    const { group, plural } = resource;
    const asked = places.flatMap((namespace) =>
      ["list", "watch"].map((verb) => ({
        verb,
        group,
        resource: plural,
        ...(namespace !== everywhere && { namespace }),
      })),
    );
    const answers = await review(asked);
    if (this.#stopped) return;
    const allowed = new Map(
      places.map((place, index) => [place, answers.slice(2 * index, 2 * index + 2).every((answer) => answer.allowed)]),
    );
    const whole = entry.scopes.get(everywhere);
    if (!whole && allowed.get(everywhere) === true) return this.#widen(key);
    for (const [namespace, { reflector, state }] of entry.scopes) {
      const refused = state.state === "forbidden";
      if (allowed.get(namespace) === refused) reflector?.recheck();
    }
    if (whole?.state.state === "forbidden" && allowed.get(everywhere) !== true) return this.#fallBack(key, whole);
    if (!whole)
      for (const namespace of await this.#namespaces()) {
        if (!entry.scopes.has(namespace)) this.#startScope(key, namespace);
      }
  }

  /** All may be read where only some namespaces could be. */
  async #widen(key: string): Promise<void> {
    const entry = this.#watches.get(key);
    if (!entry) return;
    const narrow = [...entry.scopes.values()];
    entry.scopes.clear();
    for (const { reflector } of narrow) {
      await reflector?.stop();
      reflector?.forget();
    }
    this.#startScope(key, everywhere);
  }

  #namespaces(): Promise<readonly string[]> {
    return this.#options.namespaces().catch(() => []);
  }

  /** Stops all reflectors; the watcher can't be used again. */
  stop(): void {
    this.#stopped = true;
    this.#endHeartbeat();
    this.#each((reflector) => void reflector.stop());
  }

  #scopes(): { namespace: string; state: ReflectorState }[] {
    return [...this.#watches.values()].flatMap(({ scopes }) =>
      [...scopes].map(([namespace, { state }]) => ({ namespace, state })),
    );
  }

  /** Those that are refused or have nothing to watch begin at intervals of their own. */
  #lifetime(): number {
    return lifetimeAmong(
      this.#scopes().filter(({ state }) => !("forbidden" === state.state || "absent" === state.state)).length,
    );
  }

  #isDisconnected(): boolean {
    return this.#scopes().some(({ state }) => state.state === "disconnected");
  }

  #each(act: (reflector: Reflector, state: ReflectorState) => unknown): void {
    for (const { scopes } of this.#watches.values()) {
      for (const { reflector, state } of scopes.values()) if (reflector) act(reflector, state);
    }
  }

  #start(key: string): void {
    this.#startScope(key, everywhere);
  }

  #startScope(key: string, namespace: string): void {
    const entry = this.#watches.get(key);
    if (!entry || this.#stopped) return;
    const { client, discovery, masker, store, twins } = this.#options;
    const resource = discovery.resolve(entry.watch);
    if (!resource?.verbs.includes("watch")) {
      entry.scopes.set(namespace, { state: { state: "absent" } });
      this.#announce(entry.watch);
      return;
    }
    const scope: { reflector?: Reflector; state: ReflectorState } = { state: { state: "syncing" } };
    entry.scopes.set(namespace, scope);
    const { labelSelector, fieldSelector, depth } = entry.watch;
    scope.reflector = new Reflector({
      client,
      masker,
      resource,
      twins,
      depth,
      ...(namespace !== everywhere && { namespace }),
      ...(labelSelector !== undefined && { labelSelector }),
      ...(fieldSelector !== undefined && { fieldSelector }),
      onBatch: (edits) => void store.apply(edits),
      lifetime: () => this.#lifetime(),
      onHeard: () => (this.#heardAt = performance.now()),
      onState: (state) => this.#changed(key, namespace, scope, state),
    });
    this.#announce(entry.watch);
    void scope.reflector.start();
  }

  #changed(
    key: string,
    namespace: string,
    scope: { reflector?: Reflector; state: ReflectorState },
    state: ReflectorState,
  ): void {
    const entry = this.#watches.get(key);
    if (!entry || this.#stopped) return;
    if (state.state === "syncing" && state.refused === true) this.#options.onRefused?.();
    scope.state = state;
    if (state.state === "unauthenticated") this.#options.onUnauthenticated(state.message);
    if (state.state === "forbidden" && namespace === everywhere) {
      void this.#fallBack(key, scope);
      return;
    }
    this.#announce(entry.watch);
  }

  /** The cluster refuses to list everywhere: read the namespaces that this person may read. */
  async #fallBack(key: string, scope: { reflector?: Reflector; state: ReflectorState }): Promise<void> {
    const entry = this.#watches.get(key);
    const resource = entry && this.#options.discovery.resolve(entry.watch);
    const namespaces = resource?.namespaced ? await this.#namespaces() : [];
    if (!entry || this.#stopped || entry.scopes.get(everywhere) !== scope) return;
    if (namespaces.length > 0) {
      void scope.reflector?.stop();
      entry.scopes.delete(everywhere);
      for (const namespace of namespaces) this.#startScope(key, namespace);
    }
    this.#announce(entry.watch);
  }

  #stateOf(kind: GroupKind): KindState {
    const scopes = [...this.#watches.values()]
      .filter(({ watch }) => sameKind(watch, kind))
      .flatMap(({ scopes }) =>
        [...scopes].map(([namespace, { state }]) => ({ ...(namespace !== everywhere && { namespace }), state })),
      );
    return combineStates(scopes);
  }

  #announce(kind: GroupKind): void {
    this.#options.onState({ group: kind.group, kind: kind.kind }, this.#stateOf(kind));
  }
}

function sameKind(a: GroupKind, b: GroupKind): boolean {
  return a.group === b.group && a.kind === b.kind;
}
