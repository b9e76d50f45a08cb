import type { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import { resourcePath, type KubernetesObject } from "../../sandbox/cluster/resource-path.ts";
import { argoApplications } from "./argocd.ts";
import { gitRepositories, helmReleases, kustomizations } from "./flux.ts";
import { namespaces, type Fleet, type Planned } from "./plan.ts";
import { releaseRecords } from "./releases.ts";
import { workloads } from "./workloads.ts";

/** Requests at a time; more only make the API server queue. */
const concurrency = 48;

/** Everything of a fleet in the order in which it is made. */
export function* fleetObjects(fleet: Fleet): Iterable<Planned> {
  yield* workloads(fleet);
  yield* gitRepositories(fleet);
  yield* kustomizations(fleet);
  yield* helmReleases(fleet);
  yield* argoApplications(fleet);
  yield* releaseRecords(fleet);
}

/** Makes a fleet in an empty cluster whose engines and controllers don't run, so that what is written stays. Returns how many objects it has. */
export async function makeFleet(client: KubeClient, fleet: Fleet): Promise<number> {
  await forEach(namespaces(), (name) =>
    create(client, { object: { apiVersion: "v1", kind: "Namespace", metadata: { name } } }),
  );
  let made = 0;
  await forEach(fleetObjects(fleet), async (planned) => {
    await create(client, planned);
    made += 1;
  });
  return made;
}

/** Makes what is planned while `work` is done, and takes it away again. */
export async function withObjects(
  client: KubeClient,
  planned: readonly Planned[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    for (const each of planned) await create(client, each);
    await work();
  } finally {
    for (const { object } of planned) await client.send("DELETE", resourcePath(object)).catch(() => undefined);
  }
}

async function create(client: KubeClient, { object, status }: Planned): Promise<void> {
  const path = resourcePath(object);
  const manager = "fieldManager=driftglass-bench";
  const made = await client.send("POST", `${path.slice(0, path.lastIndexOf("/"))}?${manager}`, object);
  if (status === undefined) return;
  await client.send("PUT", `${path}/status?${manager}`, { ...(made as KubernetesObject), status });
}

/** Runs the work for each item, {@link concurrency} at a time. */
async function forEach<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
