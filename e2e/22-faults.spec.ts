import { connect } from "node:net";
import type { Application } from "#lib/model/application.ts";
import { actOnComponent } from "../sandbox/lifecycle.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { readRecord } from "../sandbox/state.ts";
import { flood } from "./faults/flood.ts";
import {
  freshList,
  logIn,
  startFaultyDashboard,
  visible,
  type Client,
  type FaultyDashboard,
} from "./faults/faulty-dashboard.ts";
import { expect, login, sandbox, sandboxName, test } from "./fixtures.ts";

/** The application that changes while Driftglass can't see it. */
const portal = "flux-kustomization/team-a/portal";

async function suspend(yes: boolean): Promise<void> {
  await kubectl(sandbox, [
    "patch",
    "kustomization",
    "portal",
    "-n",
    "team-a",
    "--type=merge",
    "-p",
    JSON.stringify({ spec: { suspend: yes } }),
  ]);
}

test.describe("a Driftglass whose way to the cluster is bad", () => {
  test.describe.configure({ timeout: 240_000 });
  let faulty: FaultyDashboard;
  let client: Client;

  test.beforeAll(async () => {
    faulty = await startFaultyDashboard(sandbox, "network");
    client = await logIn(faulty.dashboard.url, login("admin"));
    await expect.poll(async () => (await client.list()).connection.state, { timeout: 60_000 }).toBe("live");
  });

  test.afterAll(async () => {
    await suspend(false).catch(() => undefined);
    await faulty.stop();
  });

  /** After each fault: what is shown is what a list from the API server says, and nothing is missing. */
  const equalsFresh = async (): Promise<void> => {
    const fresh = await freshList(faulty.dashboard.url, sandbox);
    expect(fresh?.length ?? 0).toBeGreaterThan(25);
    await expect.poll(async () => visible(await client.list()), { timeout: 60_000 }).toEqual(fresh);
  };
  const row = async (): Promise<Application | undefined> =>
    (await client.list()).items.find(({ engine, namespace, name }) => `${engine}/${namespace}/${name}` === portal);

  test("is right again after its watches were cut again and again while objects changed", async () => {
    for (let round = 0; round < 8; round += 1) {
      expect(faulty.proxy.cut()).toBeGreaterThan(0);
      await suspend(round % 2 === 0);
      // The next cut comes at another moment of the reconnection each time.
      await expect.poll(() => faulty.proxy.open(), { timeout: 30_000 }).toBeGreaterThan(round % 4);
    }
    await suspend(true);
    await expect.poll(async () => (await row())?.health.status, { timeout: 60_000 }).toBe("Suspended");
    await suspend(false);
    await equalsFresh();
  });

  test("lists anew when the versions that it knew were compacted away (410)", async () => {
    const before = await resourceVersion();
    faulty.proxy.refuse(true);
    faulty.proxy.cut();
    await expect.poll(async () => (await client.list()).connection.state, { timeout: 90_000 }).toBe("disconnected");
    await suspend(true);
    await compact();
    // The API server's own memory of events goes with its restart.
    await actOnComponent("kube-apiserver", "restart", sandboxName);
    await expect.poll(() => watchAnswer(before), { timeout: 60_000 }).toContain("410");
    faulty.proxy.refuse(false);
    await expect.poll(async () => (await row())?.health.status, { timeout: 90_000 }).toBe("Suspended");
    await suspend(false);
    await equalsFresh();
  });

  test("says so while the API server is frozen, and goes on when it thaws", async () => {
    const pid = (await readRecord(sandboxName))?.components.find(({ name }) => name === "kube-apiserver")?.pid;
    if (pid === undefined) throw new Error("no process of kube-apiserver");
    process.kill(pid, "SIGSTOP");
    try {
      await expect.poll(async () => (await client.list()).connection.state, { timeout: 120_000 }).toBe("disconnected");
      expect((await client.list()).items.length).toBeGreaterThan(25);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await expect.poll(async () => (await client.list()).connection.state, { timeout: 60_000 }).toBe("live");
    await equalsFresh();
  });

  test("takes ten thousand changes in seconds, and a browser that stops reading, without falling behind for good", async () => {
    const { hostname, port } = new URL(faulty.dashboard.url);
    const deaf = connect(Number(port), hostname);
    deaf.on("error", () => undefined);
    deaf.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${client.cookie}\r\n\r\n`);
    deaf.pause();
    try {
      const changes = await flood(sandbox, 10_000);
      expect(changes).toBe(10_000);
      await suspend(true);
      await expect.poll(async () => (await row())?.health.status, { timeout: 30_000 }).toBe("Suspended");
      await suspend(false);
      await equalsFresh();
    } finally {
      deaf.destroy();
    }
  });

  test("says that nobody answers a sync while the controller is down", async ({ page, driftglass }) => {
    await actOnComponent("kustomize-controller", "stop", sandboxName);
    try {
      await driftglass.logInAs("admin");
      await driftglass.open({ engine: "flux-kustomization", namespace: "team-a", name: "portal" });
      await page.getByRole("button", { name: /^Sync/ }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: /^Sync/ }).click();
      await expect(page.getByText(/does not answer|has not answered/).first()).toBeVisible({ timeout: 45_000 });
    } finally {
      await actOnComponent("kustomize-controller", "start", sandboxName);
    }
    await equalsFresh();
  });
});

test("SIGTERM ends Driftglass within two seconds, open streams or not", async () => {
  const faulty = await startFaultyDashboard(sandbox, "sigterm");
  const { dashboard } = faulty;
  try {
    const { cookie } = await logIn(dashboard.url, login("admin"));
    const streams = await Promise.all(
      Array.from({ length: 3 }, () => fetch(`${dashboard.url}/api/v1/events`, { headers: { cookie } })),
    );
    const readers = streams.map((stream) => stream.body?.getReader());
    for (const reader of readers) expect((await reader?.read())?.done).toBe(false);
    const gone = new Promise<number>((done) => dashboard.process.once("exit", () => done(Date.now())));
    const asked = Date.now();
    dashboard.process.kill("SIGTERM");
    expect((await gone) - asked).toBeLessThan(2_000);
  } finally {
    await faulty.stop();
  }
});

/** The cluster's newest version. */
async function resourceVersion(): Promise<string> {
  const { stdout } = await kubectl(sandbox, ["get", "--raw", "/api/v1/namespaces?limit=1"]);
  return (JSON.parse(stdout) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
}

/** What the API server says to a watch from this version. */
async function watchAnswer(version: string): Promise<string> {
  const path = `/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations?watch=1&timeoutSeconds=1&resourceVersion=${version}`;
  const { stdout } = await kubectl(sandbox, ["get", "--raw", path]).catch((error: unknown) => ({
    stdout: String(error),
  }));
  return stdout.includes('"code":410') || /too old resource version|Expired/.test(stdout) ? "410" : stdout;
}

/** Compacts etcd's history up to now, by its own HTTP gateway. */
async function compact(): Promise<void> {
  const etcd = `http://127.0.0.1:${(await readRecord(sandboxName))?.ports["etcd"]}/v3/kv`;
  const range = await fetch(`${etcd}/range`, { method: "POST", body: JSON.stringify({ key: "AA==", limit: 1 }) });
  const { header } = (await range.json()) as { header: { revision: string } };
  const done = await fetch(`${etcd}/compaction`, {
    method: "POST",
    body: JSON.stringify({ revision: header.revision, physical: true }),
  });
  expect(done.status).toBe(200);
}
