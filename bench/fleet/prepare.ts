import { join } from "node:path";
import { planCache } from "../../sandbox/build/cache.ts";
import { applyCrds } from "../../sandbox/cluster/crds.ts";
import { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import type { SandboxContext } from "../../sandbox/context.ts";
import { actOnComponent } from "../../sandbox/lifecycle.ts";
import { makeFleet } from "./make.ts";
import type { Fleet } from "./plan.ts";

/** Controllers that would write over the statuses of the fleet, or make 5,000 ReplicaSets and their Pods. */
const writers = ["kube-controller-manager", "kube-scheduler", "kwok"];

/** A client of the sandbox's own, with all rights. */
export function benchClient(context: SandboxContext): Promise<KubeClient> {
  return KubeClient.open(context.apiServerUrl, join(context.stateDirectory, "keys"));
}

/** Fills a sandbox that runs without engines, unless it has been filled before. Returns how many objects were made. */
export async function prepareFleet(context: SandboxContext, fleet: Fleet): Promise<number> {
  const client = await benchClient(context);
  const marker = `/api/v1/namespaces/driftglass-bench-${fleet.scale}`;
  if (await client.send("GET", marker).catch(() => undefined)) return 0;
  for (const name of writers) await actOnComponent(name, "stop", context.name);
  const { fluxCrds, argocdCrds } = await planCache();
  await applyCrds(client, fluxCrds);
  await applyCrds(client, argocdCrds);
  const made = await makeFleet(client, fleet);
  await client.send("POST", "/api/v1/namespaces", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: `driftglass-bench-${fleet.scale}` },
  });
  return made;
}
