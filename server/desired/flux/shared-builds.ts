import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import { Packed } from "../packed.ts";

/** What a build made: masked objects, and the digest by which the controller records it. */
export interface Build {
  readonly objects: KubeObject[];
  readonly digest: string;
}

interface Kept {
  readonly objects: Packed<KubeObject[]>;
  readonly digest: string;
}

/** Bytes that all kept builds may have together, and characters of JSON that one may have. */
const room = 16 * 1024 * 1024;
const largest = 1024 * 1024;

/**
 * Results of builds that depend on nothing but their inputs, named by a digest of all of these. Whoever names one has read its inputs and could make it: it is the
 * same for everybody, whoever made it, now or before their last logout. What was not used for longest is forgotten first.
 */
export class SharedBuilds {
  readonly #room: number;
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, Promise<Build>>();
  #size = 0;

  constructor(bytes: number = room) {
    this.#room = bytes;
  }

  /** The build of this name: kept, being made for somebody else, or made now. @throws what making it throws */
  async build(name: string, make: () => Promise<Build>): Promise<Build> {
    const known = this.#take(name);
    if (known) return known;
    const others = this.#running.get(name);
    // Whoever makes it may be stopped, which says nothing about it.
    return (others && (await others.catch(() => undefined))) ?? (await this.#make(name, make));
  }

  /** Bytes that are kept. */
  get size(): number {
    return this.#size;
  }

  async #make(name: string, make: () => Promise<Build>): Promise<Build> {
    const making = make();
    this.#running.set(name, making);
    try {
      const build = await making;
      this.#keep(name, build);
      return build;
    } finally {
      if (this.#running.get(name) === making) this.#running.delete(name);
    }
  }

  #take(name: string): Build | undefined {
    const kept = this.#kept.get(name);
    if (!kept) return undefined;
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    return { objects: kept.objects.value, digest: kept.digest };
  }

  #keep(name: string, { objects, digest }: Build): void {
    const packed = new Packed(objects);
    if (packed.length > largest) return;
    this.#forget(name);
    this.#kept.set(name, { objects: packed, digest });
    this.#size += packed.size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#room) return;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#size -= this.#kept.get(name)?.objects.size ?? 0;
    this.#kept.delete(name);
  }
}

const builds = new WeakMap<Masker, SharedBuilds>();

/** The builds whose objects were masked by this masker; a process has one. */
export function sharedBuilds(masker: Masker): SharedBuilds {
  let shared = builds.get(masker);
  if (!shared) {
    shared = new SharedBuilds();
    builds.set(masker, shared);
  }
  return shared;
}
