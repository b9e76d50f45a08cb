import { randomUUID } from "node:crypto";
import type { ApplicationDetail, History } from "#lib/api/application-contract.ts";
import type { Connection, Limit } from "#lib/api/connection-contract.ts";
import type { Diff } from "#lib/api/diff-contract.ts";
import type { ClusterEvent } from "#lib/api/events.ts";
import type { Application, ApplicationRef } from "#lib/model/application.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { StateContext, UnitState } from "#server/drift/unit-state.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import type { Reading } from "#server/engines/engine.ts";
import { readerOf } from "#server/engines/registry.ts";
import { accessRules } from "#server/kube/access-rules.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import type { KubeClient } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { Identity } from "#server/kube/identity.ts";
import { ObjectStore } from "#server/kube/object-store.ts";
import { tellingRefusals } from "#server/kube/telling-refusals.ts";
import type { GroupKind, KindState, StoreReader } from "#server/kube/store.ts";
import type { UnitPicture } from "#server/recorded/release-of.ts";
import { ViewRecords } from "#server/recorded/view-records.ts";
import { AccessWatch } from "./access-watch.ts";
import type { ClusterViewOptions } from "./cluster-view-options.ts";
import { ConnectionTracker } from "./connection-tracker.ts";
import { diffOf, driftOf, historyOf, stateOf } from "./comparisons.ts";
import { Derivation } from "./derivation.ts";
import { KindDiscovery } from "./kind-discovery.ts";
import { Publisher } from "./publisher.ts";
import { resourcesOf } from "./resources.ts";
import type { OtherViews } from "./siblings.ts";
import type { Unit } from "./units.ts";
import type { ClusterView } from "./view.ts";
import { initialWatches, watchForInventory } from "./watch-plan.ts";
import { Watcher } from "./watcher.ts";

/** Its changes mean that the cluster serves other kinds than before. */
const definitions: GroupKind = { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" };

/** How often is looked after what no watch tells, and when desired states are loaded though some kind has not been listed; milliseconds. */
const tickInterval = 30_000;
const longestListing = 15_000;

/** One person's view of one cluster: reflectors feed the store, the store feeds the units, the units feed the stream. */
export class LiveClusterView implements ClusterView {
  readonly cluster: string;
  readonly identity: Identity;
  readonly instance = randomUUID();
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly access: ClusterAccess;
  readonly io: EngineIo;
  readonly ended: Promise<string>;
  readonly #store = new ObjectStore();
  readonly #publisher = new Publisher();
  readonly #connection = new ConnectionTracker(Date.now);
  readonly #watcher: Watcher;
  readonly #derived: Derivation;
  readonly #candidates: readonly string[];
  readonly #accessWatch: AccessWatch;
  readonly #records: ViewRecords;
  readonly #others: OtherViews | undefined;
  #namespaces: Promise<readonly string[]> | undefined;
  #end: (reason: string) => void = () => undefined;
  readonly #kinds: KindDiscovery;
  readonly #interval;
  #closed = false;

  constructor(options: ClusterViewOptions) {
    this.cluster = options.cluster;
    this.identity = options.identity;
    this.client = tellingRefusals(options.client, () => this.#accessWatch.suspect());
    this.discovery = options.discovery;
    this.access = options.access;
    this.#candidates = options.namespaceCandidates;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    const { client, discovery, masker, tools, artifactHosts } = options;
    this.io = { client: this.client, discovery, masker, tools, artifactHosts, store: this.#store };
    this.#others = options.siblings?.join(client.server, {
      store: this.#store,
      desired: (unit) => this.#derived.desiredOf(unit),
      application: (unit) => this.#derived.applicationOf(unit),
    });
    this.#records = new ViewRecords(options, (unit) => this.#picture(unit));
    this.#derived = new Derivation({
      cluster: this.cluster,
      io: this.io,
      publisher: this.#publisher,
      others: this.#others,
      whenIdle: options.whenIdle,
      onKind: (kind) => this.#watchKind(kind),
      onRead: (unit) => this.#records.changed(unit),
      onSettled: () => this.#tell(),
    });
    this.#watcher = new Watcher({
      client,
      discovery,
      masker,
      store: this.#store,
      twins: this.#others,
      namespaces: () => this.#readableNamespaces(),
      onState: (kind, state) => this.#kindChanged(kind, state),
      onRefused: () => this.#accessWatch.suspect(),
      onUnauthenticated: (message) => this.#end(message),
    });
    this.#store.subscribe((changes) => {
      this.#derived.objectsChanged(changes);
      if (changes.some(({ current, previous }) => isDefinition(current ?? previous))) this.#kinds.changed();
    });
    this.#accessWatch = new AccessWatch({
      rules: (namespaces) => accessRules(client, namespaces),
      review: (asked) => this.access.review(asked),
      namespaces: this.#candidates,
      watches: this.#watcher,
      onChange: async (review) => {
        // Found anew: it may be others now.
        this.access.forget?.();
        this.#namespaces = undefined;
        await this.#watcher.reviewAccess(review);
      },
      onUnauthenticated: (message) => this.#end(message),
    });
    discovery.onChange(() => this.#watcher.reconsider());
    this.#kinds = new KindDiscovery({
      discovery,
      defined: () => this.#defined(),
      onKnown: () => this.#watch(),
      onLost: (message) => this.#tell(this.#connection.lost(message)),
    });
    this.#interval = setInterval(() => this.#tick(), tickInterval);
    this.#interval.unref();
  }

  /** Starts the watches; resolves when the API server was asked which kinds it has. Never rejects: faults show in `connection`. */
  start(): Promise<void> {
    return this.#kinds.ask();
  }

  get store(): StoreReader {
    return this.#store;
  }

  snapshot(): { items: Application[]; sequence: number } {
    const items = Array.from(this.#derived.all(), ({ application }) => application);
    return { items, sequence: this.#publisher.sequence };
  }

  connection(): Connection {
    return this.#connection.current;
  }

  limits(): Limit[] {
    return this.#connection.limits;
  }

  ready(): boolean {
    return this.#derived.settled && this.#watcher.listed;
  }

  reading(unit: ApplicationRef): Reading | undefined {
    return this.#derived.unit(unit)?.reading;
  }

  application(unit: ApplicationRef): Application | undefined {
    return this.#derived.unit(unit)?.application;
  }

  desired(unit: ApplicationRef): DesiredState | undefined {
    return this.#derived.desired(unit);
  }

  detail(ref: ApplicationRef): Omit<ApplicationDetail, "permissions"> | undefined {
    const unit = this.#derived.unit(ref);
    if (!unit) return undefined;
    const context = { cluster: this.cluster, store: this.#store, desired: this.desired(ref), now: now() };
    return { application: unit.application, ...readerOf(ref.engine).detail(ref, context) };
  }

  resources(ref: ApplicationRef): ResourceNode[] | undefined {
    const unit = this.#derived.unit(ref);
    return unit && resourcesOf(unit, this.#store, this.#derived.verdict(ref));
  }

  async history(ref: ApplicationRef): Promise<History | undefined> {
    const unit = this.#derived.unit(ref);
    if (!unit) return undefined;
    const history = await historyOf(unit, this.cluster, this.desired(ref), this.io);
    return await this.#records.history(ref, unit.application.uid, history);
  }

  async drift(ref: ApplicationRef, options: { fresh?: boolean } = {}): Promise<Diff | undefined> {
    const unit = this.#derived.unit(ref);
    return unit && (await driftOf(unit, this.desired(ref), this.#derived.verdict(ref), this.io, options));
  }

  driftVerdict(ref: ApplicationRef): DriftVerdict | undefined {
    return this.#derived.verdict(ref);
  }

  async diff(ref: ApplicationRef, from: string, to: string): Promise<Diff | undefined> {
    const unit = this.#derived.unit(ref);
    return unit && (await diffOf(unit, from, to, this.#stateContext(unit)));
  }

  async state(ref: ApplicationRef, id: string): Promise<UnitState | undefined> {
    const unit = this.#derived.unit(ref);
    return unit && (await stateOf(unit, id, this.#stateContext(unit)));
  }

  subscribe(listener: (event: ClusterEvent) => void): () => void {
    return this.#publisher.subscribe(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#others?.leave();
    clearInterval(this.#interval);
    this.#watcher.stop();
    for (const part of [this.#kinds, this.#accessWatch, this.#derived]) part.close();
    this.#end("The view was closed.");
    await this.client.close();
  }

  /** What the recorder looks at. */
  #picture(ref: ApplicationRef): UnitPicture {
    const unit = this.#derived.peek(ref);
    return { reading: unit?.reading, desired: this.desired(ref), revisions: unit ? this.#revisions(ref) : [] };
  }

  #revisions(ref: ApplicationRef): readonly Revision[] {
    const context = { cluster: this.cluster, store: this.#store, desired: this.desired(ref), now: now() };
    return readerOf(ref.engine).history(ref, context) ?? [];
  }

  #stateContext({ ref, application }: Unit): StateContext {
    return {
      io: this.io,
      desired: this.desired(ref),
      revisions: this.#revisions(ref),
      ...this.#records.context(ref, application.uid),
    };
  }

  #kindChanged(kind: GroupKind, state: KindState): void {
    const before = this.#store.kindState(kind);
    this.#store.setKindState(kind, state);
    this.#tell();
    if (before.state === state.state) return;
    if (!this.#derived.complete && this.#watcher.listed) this.#derived.completed();
    this.#derived.kindChanged(kind);
  }

  #tell(changed = this.#connection.update(this.#watcher.states(), this.#derived.settled)): void {
    if (changed) this.#publisher.connection(this.#connection.current, this.#connection.limits);
  }

  #watchKind(kind: GroupKind): void {
    const watch = this.#watcher.covers(kind) ? undefined : watchForInventory(kind);
    if (watch) this.#watcher.add(watch);
  }

  #readableNamespaces(): Promise<readonly string[]> {
    this.#namespaces ??= this.access.readableNamespaces(this.#candidates).catch((error: unknown) => {
      this.#namespaces = undefined;
      throw error;
    });
    return this.#namespaces;
  }

  #tick(): void {
    this.#tell();
    // Who watches the definitions is told; everybody else asks.
    if (this.#store.kindState(definitions).state !== "synced") void this.#kinds.ask();
    this.#derived.timePassed();
  }

  /** Names of the definitions that stand: that of the definitions themselves, those that are known, and those of all kinds that are followed. */
  *#defined(): Iterable<string> {
    yield `customresourcedefinitions.${definitions.group}`;
    for (const { ref } of this.#store.list(definitions)) yield ref.name;
    yield* this.#watcher.followed();
  }

  /** Which kinds there are is known. */
  #watch(): void {
    this.#accessWatch.start();
    for (const watch of initialWatches) this.#watcher.add(watch);
    this.#watcher.add({ ...definitions, depth: "metadata" });
    setTimeout(() => this.#derived.completed(), longestListing).unref();
  }
}

function isDefinition(object: { ref: GroupKind } | undefined): boolean {
  return object?.ref.group === definitions.group && object.ref.kind === definitions.kind;
}

const now = (): string => new Date().toISOString();
