import type { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import { resourcePath } from "../../sandbox/cluster/resource-path.ts";
import { countOf, type Fleet } from "../fleet/plan.ts";
import { createRandom, type Random } from "../fleet/random.ts";
import { unitName } from "../fleet/unit-name.ts";

/** Changes of the fleet's statuses, as controllers would make them. */
export class Changes {
  readonly #client: KubeClient;
  readonly #fleet: Fleet;
  readonly #random: Random;

  constructor(client: KubeClient, fleet: Fleet, seed: string) {
    this.#client = client;
    this.#fleet = fleet;
    this.#random = createRandom(seed);
  }

  /** The n-th Kustomization fails, with these words; or is ready, without. Resolves when the API server has it. */
  async kustomization(index: number, failure?: string): Promise<void> {
    const object = {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: unitName({ engine: "flux-kustomization", index }),
    };
    const condition = {
      type: "Ready",
      status: failure === undefined ? "True" : "False",
      reason: failure === undefined ? "ReconciliationSucceeded" : "BuildFailed",
      message: failure ?? "Applied revision: main",
      lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ""),
      observedGeneration: 1,
    };
    const patch = { status: { conditions: [condition] } };
    await this.#client.send("PATCH", `${resourcePath(object)}/status`, patch, "application/merge-patch+json");
  }

  /** So many changes of as many Kustomizations, as fast as the API server takes them. */
  async burst(count: number, words: string): Promise<void> {
    const total = Math.min(count, countOf(this.#fleet, "kustomizations"));
    await Promise.all(Array.from({ length: total }, (_, index) => this.kustomization(index, `${words} ${index}`)));
  }

  /** One change of one Kustomization, picked at random. */
  async any(): Promise<void> {
    const index = Math.floor(this.#random.next() * countOf(this.#fleet, "kustomizations"));
    const broken = this.#random.next() < 0.5;
    await this.kustomization(index, broken ? `changed at random: ${this.#random.hex(8)}` : undefined);
  }
}
