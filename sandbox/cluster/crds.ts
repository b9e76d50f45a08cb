import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import type { KubeClient } from "./kube-client.ts";
import { resourcePath, type KubernetesObject } from "./resource-path.ts";

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** Applies the CustomResourceDefinitions of a file of the cache and resolves when all are served. */
export async function applyCrds(client: KubeClient, file: string): Promise<void> {
  const crds = JSON.parse(await readFile(file, "utf8")) as KubernetesObject[];
  await Promise.all(
    crds.map(async (crd) => {
      let live = await client.apply(crd);
      const deadline = Date.now() + 30_000;
      while (!isEstablished(live)) {
        if (Date.now() > deadline) throw new Error(`${crd.metadata.name} was not established`);
        await sleep(100);
        live = await client.send("GET", resourcePath(crd));
      }
    }),
  );
}

function isEstablished(live: unknown): boolean {
  const { status } = live as { status?: { conditions?: readonly Condition[] } };
  return status?.conditions?.some(({ type, status: value }) => type === "Established" && value === "True") ?? false;
}
