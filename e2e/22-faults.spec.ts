import type { Application, ApplicationRef } from "#lib/model/application.ts";
import { actOnComponent } from "../sandbox/lifecycle.ts";
import { getObject, kubectl } from "../sandbox/scenario/actions.ts";
import { clusterTruth, shownOf } from "./faults/cluster-truth.ts";
import { logIn, startFaultyDashboard, type Client, type FaultyDashboard } from "./faults/faulty-dashboard.ts";
import { expect, login, rows, sandbox, sandboxName, test } from "./fixtures.ts";

/** The application that changes while Driftglass can't see it, and the one that is asked for something that nobody does. */
const portal: ApplicationRef = { engine: "flux-kustomization", namespace: "team-a", name: "portal" };
const portalKey = `${portal.engine}/${portal.namespace}/${portal.name}`;
const kind = "kustomizations.kustomize.toolkit.fluxcd.io";

async function suspend(yes: boolean): Promise<void> {
  const patch = JSON.stringify({ spec: { suspend: yes } });
  await kubectl(sandbox, ["patch", kind, portal.name, "-n", portal.namespace, "--type=merge", "-p", patch]);
}

test.describe("a Driftglass whose way to the cluster is bad", () => {
  test.describe.configure({ timeout: 240_000 });
  let faulty: FaultyDashboard;
  let client: Client;

  test.beforeAll(async () => {
    faulty = await startFaultyDashboard(sandbox, "network");
    client = await logIn(faulty.dashboard.url, login("admin"));
    await expectState("live");
  });

  test.afterAll(async () => {
    await suspend(false);
    await faulty.stop();
  });

  const expectState = (state: string) =>
    expect.poll(async () => (await client.list()).connection.state, { timeout: 120_000 }).toBe(state);
  const row = async (): Promise<Application | undefined> =>
    (await client.list()).items.find(({ engine, namespace, name }) => `${engine}/${namespace}/${name}` === portalKey);
  /** After each fault: everything is followed, and what is shown is what a list from the API server says. */
  const expectTruth = async (): Promise<void> => {
    await expectState("live");
    await expect(async () => {
      const truth = await clusterTruth(sandbox);
      expect(truth.length).toBeGreaterThan(15);
      const list = await client.list();
      expect([list.connection.state, list.limits]).toEqual(["live", []]);
      expect(shownOf(list)).toEqual(truth);
    }).toPass({ timeout: 120_000 });
  };

  test("is right again after its watches were cut again and again while objects changed", async () => {
    for (let round = 0; round < 6; round += 1) {
      // The cut comes at another moment of the reconnection each time.
      await expect.poll(() => faulty.proxy.open(), { timeout: 60_000 }).toBeGreaterThan(round % 4);
      faulty.proxy.cut();
      await suspend(round % 2 === 0);
    }
    await suspend(true);
    await expect.poll(async () => (await row())?.health.status, { timeout: 60_000 }).toBe("Suspended");
    await suspend(false);
    await expectTruth();
  });

  test("says that it is disconnected while the API server hangs, keeps what it knew, and goes on when it answers again", async () => {
    const before = shownOf(await client.list());
    faulty.proxy.freeze(true);
    try {
      await expectState("disconnected");
      expect(shownOf(await client.list())).toEqual(before);
      await suspend(true);
    } finally {
      faulty.proxy.freeze(false);
    }
    await expect.poll(async () => (await row())?.suspended, { timeout: 60_000 }).toBe(true);
    await suspend(false);
    await expectTruth();
  });
});

test("a sync that nobody answers, because the controller is down, is shown so until it is up again", async ({
  page,
  driftglass,
}) => {
  test.setTimeout(240_000);
  await driftglass.logInAs("admin");
  await actOnComponent("kustomize-controller", "stop", sandboxName);
  try {
    await driftglass.open(portal);
    await page.getByRole("button", { name: /^Sync/ }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: /^Sync/ }).click();
    await expect(page.getByText("the controller has not answered yet").first()).toBeVisible({ timeout: 45_000 });
  } finally {
    await actOnComponent("kustomize-controller", "start", sandboxName);
  }
  const handled = async (): Promise<boolean> => {
    const { metadata, status } = (await getObject(sandbox, kind, portal.namespace, portal.name)) as {
      metadata: { annotations?: Record<string, string> };
      status?: { lastHandledReconcileAt?: string };
    };
    return metadata.annotations?.["reconcile.fluxcd.io/requestedAt"] === status?.lastHandledReconcileAt;
  };
  await expect.poll(handled, { timeout: 120_000 }).toBe(true);
  await expect
    .poll(async () => (await rows(page.request)).get(portalKey)?.operation?.phase, { timeout: 60_000 })
    .toBe("Succeeded");
});

test("SIGTERM ends Driftglass within two seconds, open streams or not", async () => {
  test.setTimeout(180_000);
  const faulty = await startFaultyDashboard(sandbox, "sigterm");
  const { dashboard } = faulty;
  try {
    const { cookie } = await logIn(dashboard.url, login("admin"));
    const streams = await Promise.all(
      Array.from({ length: 3 }, () => fetch(`${dashboard.url}/api/v1/events`, { headers: { cookie } })),
    );
    const readers = streams.map((stream) => stream.body?.getReader());
    for (const reader of readers) expect((await reader?.read())?.done).toBe(false);
    const gone = new Promise<number>((done) => dashboard.process.once("exit", () => done(performance.now())));
    const asked = performance.now();
    dashboard.process.kill("SIGTERM");
    expect((await gone) - asked).toBeLessThan(2_000);
  } finally {
    await faulty.stop();
  }
});
