import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { KubeClient } from "#server/kube/client.ts";
import { ClusterFixture } from "#server/kube/cluster-fixture.ts";
import { identify } from "#server/kube/identity.ts";
import type { LiveClusterView } from "./cluster-view.ts";
import { bareView } from "./testing/bare-view.ts";

// Against the sandbox with its scenario: what a view asks for when nobody does anything.
let cluster: ClusterFixture;
let view: LiveClusterView;
const asked: string[] = [];
let watches = 0;

beforeAll(async () => {
  cluster = await ClusterFixture.open();
  const client = counted(cluster.clientWith(await cluster.credentialsOf("viewer")));
  view = bareView(client, await identify(client), { masker: cluster.masker, namespaceCandidates: ["team-a"] });
  await view.start();
}, 60_000);

afterAll(async () => {
  await view.close();
  await cluster.close();
});

function counted(client: KubeClient): KubeClient {
  return {
    ...client,
    request: (request) => {
      asked.push(`${request.method ?? "GET"} ${request.path}`);
      return client.request(request);
    },
    stream: (request) => {
      watches += 1;
      return client.stream(request);
    },
  };
}

it(
  "asks whoever may read everything for nothing but watches, which begin anew in time",
  { timeout: 200_000 },
  async () => {
    await expect.poll(() => view.ready(), { timeout: 60_000 }).toBe(true);
    // What should be there is loaded after the list; whatever of it is refused has the rules looked at once more.
    const questions = () => asked.filter((path) => /\/version$|reviews$/.test(path));
    const askedSince = async (before: number): Promise<number> => {
      await sleep(5_000);
      return questions().length - before;
    };
    await expect.poll(() => askedSince(questions().length), { timeout: 60_000 }).toBe(0);
    asked.length = 0;
    const kinds = watches;
    // Every watch has ended once by then.
    await expect.poll(() => watches, { timeout: 120_000, interval: 1_000 }).toBeGreaterThanOrEqual(2 * kinds);
    expect(questions()).toEqual([]);
    expect(view.connection().state).toBe("live");
  },
);
