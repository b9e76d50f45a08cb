import type { SandboxContext } from "../../context.ts";
import { list } from "./api.ts";
import type { KubeObject } from "./objects.ts";

/** All objects of the watched kinds at one moment. */
export class Snapshot {
  readonly #objects = new Map<string, KubeObject>();

  constructor(items: readonly KubeObject[]) {
    for (const item of items)
      this.#objects.set(`${item.kind}/${item.metadata.namespace ?? ""}/${item.metadata.name}`, item);
  }

  /** An object by kind, namespace and name. */
  get(kind: string, namespace: string, name: string): KubeObject | undefined {
    return this.#objects.get(`${kind}/${namespace}/${name}`);
  }

  /** All objects of a kind. */
  list(kind: string): KubeObject[] {
    return [...this.#objects.values()].filter((object) => object.kind === kind);
  }
}

const watched = [
  "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations",
  "/apis/helm.toolkit.fluxcd.io/v2/helmreleases",
  "/apis/argoproj.io/v1alpha1/applications",
  "/apis/apps/v1/deployments",
  "/apis/apps/v1/statefulsets",
  "/apis/batch/v1/cronjobs",
];

/** Reads all watched kinds. */
export async function readSnapshot(context: SandboxContext): Promise<Snapshot> {
  const lists = await Promise.all(watched.map(async (path) => await list(context, path)));
  return new Snapshot(lists.flat());
}

interface Waiter {
  readonly what: string;
  readonly predicate: (snapshot: Snapshot) => boolean;
  readonly deadline: number;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Lets the steps of the scenario wait for the cluster. However many wait, the cluster is asked once in
 * {@link pollInterval} milliseconds, and not at all while nobody waits.
 */
export class Waiting {
  readonly #context: SandboxContext;
  #waiters: Waiter[] = [];
  #running = false;

  constructor(context: SandboxContext) {
    this.#context = context;
  }

  /** Resolves once the predicate holds. @throws Error naming `what` when that takes more than `timeout` milliseconds. */
  async until(what: string, predicate: (snapshot: Snapshot) => boolean, timeout = 90_000): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waiters.push({ what, predicate, deadline: Date.now() + timeout, resolve, reject });
      if (!this.#running) void this.#poll();
    });
  }

  async #poll(): Promise<void> {
    this.#running = true;
    while (this.#waiters.length > 0) {
      try {
        const snapshot = await readSnapshot(this.#context);
        this.#waiters = this.#waiters.filter((waiter) => !settle(waiter, snapshot));
      } catch (error) {
        const reason = error instanceof Error ? error : new Error(String(error));
        for (const waiter of this.#waiters.splice(0)) waiter.reject(reason);
      }
      if (this.#waiters.length > 0) await new Promise((resolve) => setTimeout(resolve, pollInterval));
    }
    this.#running = false;
  }
}

const pollInterval = 500;

/** Whether the waiter is done with, one way or the other. */
function settle(waiter: Waiter, snapshot: Snapshot): boolean {
  if (waiter.predicate(snapshot)) waiter.resolve();
  else if (Date.now() > waiter.deadline) waiter.reject(new Error(`the scenario waited in vain: ${waiter.what}`));
  else return false;
  return true;
}
