import type { ApplicationRef } from "#lib/model/application.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import { nextTurn } from "#server/tools/next-turn.ts";
import { maskKeyId, mergeHeads, pack, recordOf, type RecordHead, type RecordedUnit, unitId } from "./record.ts";
import { RecordFault } from "./record-fault.ts";
import { expired, type RetentionLimits } from "./retention.ts";
import type { RecordStorage } from "./storage.ts";

/** A release as somebody's view has it: which revision is applied, and what it consists of. */
export interface Release {
  readonly unit: RecordedUnit;
  readonly revision: { readonly id: string; readonly revision: string };
  /** Masked. */
  readonly objects: readonly KubeObject[];
}

/** What a recorder works with. */
export interface RecorderOptions {
  readonly storage: RecordStorage;
  readonly masker: Pick<Masker, "maskObject">;
  /** The process's masking key: the store's, or one of its own when that could not be had. */
  readonly maskKey: Uint8Array;
  readonly limits: RetentionLimits;
  /** API servers whose releases are recorded. */
  readonly serves: (server: string) => boolean;
  /** RFC 3339. */
  readonly now: () => string;
  /** Runs something later, milliseconds; answers how to call it off. */
  readonly schedule: (milliseconds: number, run: () => void) => () => void;
  readonly log?: (line: string) => void;
}

/** How long an application has to be quiet before its release is recorded: watches of different kinds tell of one apply one after the other. */
const settleTime = 3_000;
/** How long one that is never quiet may put it off. */
const mostSettling = 15_000;
/** How long writing pauses after a fault that concerns the whole store. */
const pauseAfterFault = 60_000;
/** Releases that wait to be written; more are passed over until their application changes or someone logs in again. */
const mostWaiting = 10_000;

/**
 * Keeps what was applied, revision by revision. Nothing that fails here may break anything else: a fault shows in `problem`, and
 * writing goes on when the store is well again. One release is written at a time.
 */
export class Recorder {
  readonly storage: RecordStorage;
  readonly maskKey: string;
  readonly #options: RecorderOptions;
  readonly #settling = new Map<string, { readonly cancel: () => void; readonly since: number }>();
  readonly #waiting = new Map<string, () => Promise<Release | undefined>>();
  #index: Map<string, RecordHead[]> | undefined;
  #running: Promise<void> | undefined;
  #cancelPause: (() => void) | undefined;
  #problem: RecordFault | undefined;
  readonly #tooLarge = new Map<string, string>();
  #closed = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.storage = options.storage;
    this.maskKey = maskKeyId(options.maskKey);
  }

  /** Why nothing can be recorded at the moment, in words. */
  get problem(): string | undefined {
    return this.#problem?.message;
  }

  /** Why this application's last release was not recorded, when that is its own fault. */
  problemOf(unit: RecordedUnit): string | undefined {
    return this.#tooLarge.get(unitId(unit)) ?? this.problem;
  }

  /** Whether releases of this cluster are recorded. */
  serves(server: string): boolean {
    return this.#options.serves(server);
  }

  /**
   * Says that an application may have a new release. `look` is called when it has been quiet for a while, and answers what is applied then, or
   * undefined when there is nothing to record (yet). Never throws.
   */
  offer(server: string, ref: ApplicationRef, look: () => Promise<Release | undefined>): void {
    if (this.#closed || !this.serves(server)) return;
    const key = JSON.stringify([server, ref.engine, ref.namespace, ref.name]);
    const now = Date.parse(this.#options.now());
    const settling = this.#settling.get(key);
    if (settling && now - settling.since > mostSettling) return;
    settling?.cancel();
    const cancel = this.#options.schedule(settleTime, () => {
      this.#settling.delete(key);
      if (this.#waiting.size >= mostWaiting) return;
      this.#waiting.set(key, look);
      this.#start();
    });
    this.#settling.set(key, { cancel, since: settling?.since ?? now });
  }

  /** Resolves when everything that was offered and had settled is written. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { cancel } of this.#settling.values()) cancel();
    this.#cancelPause?.();
    this.#waiting.clear();
    await this.#running;
    await this.storage.close();
  }

  #start(): void {
    if (this.#cancelPause || this.#closed) return;
    this.#running ??= this.#drain().finally(() => (this.#running = undefined));
  }

  async #drain(): Promise<void> {
    for (const [key, look] of this.#waiting) {
      // Those of a whole fleet settle together.
      await nextTurn();
      if (this.#closed) return;
      try {
        const release = await look();
        if (release) await this.#record(release);
        this.#waiting.delete(key);
        if (release) this.#healed();
      } catch (error) {
        if (!(error instanceof RecordFault)) {
          // A view that was closed meanwhile, or a fault of ours: this release alone is lost.
          this.#waiting.delete(key);
          this.#options.log?.(`A release was not recorded: ${error instanceof Error ? error.name : "unknown fault"}.`);
          continue;
        }
        this.#failed(error);
        return;
      }
    }
    // Nothing is left that could not be written.
    this.#problem = undefined;
  }

  async #record({ unit, revision, objects }: Release): Promise<void> {
    const index = await this.#known();
    const id = unitId(unit);
    const heads = index.get(id) ?? [];
    const known = recordOf(heads, revision.id);
    // What is recorded stays: only somebody who sees more of the same revision completes it.
    if (known && known.objects >= objects.length) return;
    const packed = await pack(objects.map((object) => this.#options.masker.maskObject(object)));
    const head: RecordHead = {
      unit: id,
      content: packed.content,
      application: unit.ref,
      maskKey: this.maskKey,
      objects: packed.objects,
      bytes: packed.body.byteLength,
      revisions: [{ ...revision, recordedAt: this.#options.now() }],
    };
    try {
      await this.storage.put(head, packed.body);
      this.#tooLarge.delete(id);
    } catch (error) {
      if (!(error instanceof RecordFault) || error.kind !== "too-large") throw error;
      this.#tooLarge.set(id, error.message);
      return;
    }
    const others = heads.filter(({ content }) => content !== head.content);
    const same = heads.find(({ content }) => content === head.content);
    index.set(id, [...others, mergeHeads(same, head)]);
    await this.#makeRoom(index, id);
  }

  async #makeRoom(index: Map<string, RecordHead[]>, unit: string): Promise<void> {
    const { limits } = this.#options;
    const all = [...index.values()].flat();
    const bytes = all.reduce((sum, head) => sum + head.bytes, 0);
    if (bytes <= limits.bytes && (index.get(unit)?.length ?? 0) <= limits.perApplication) return;
    for (const head of expired(all, limits)) {
      await this.storage.remove(head);
      const left = (index.get(head.unit) ?? []).filter(({ content }) => content !== head.content);
      if (left.length > 0) index.set(head.unit, left);
      else index.delete(head.unit);
    }
  }

  /** What the store has, listed once: what other replicas write meanwhile is joined when it is written again. */
  async #known(): Promise<Map<string, RecordHead[]>> {
    this.#index ??= Map.groupBy(await this.storage.heads(), ({ unit }) => unit);
    return this.#index;
  }

  #failed(fault: RecordFault): void {
    if (this.#problem?.message !== fault.message) this.#options.log?.(`Releases are not recorded: ${fault.message}`);
    this.#problem = fault;
    // Listed anew when it is well again: what others removed to make room is not known here.
    this.#index = undefined;
    this.#cancelPause = this.#options.schedule(pauseAfterFault, () => {
      this.#cancelPause = undefined;
      this.#start();
    });
  }

  #healed(): void {
    if (this.#problem) this.#options.log?.("Releases are recorded again.");
    this.#problem = undefined;
  }
}
