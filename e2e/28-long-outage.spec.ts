import { setTimeout as sleep } from "node:timers/promises";
import { actOnComponent } from "../sandbox/lifecycle.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { apiServerProcess } from "./faults/api-server-process.ts";
import { expectTruth, shownOf } from "./faults/cluster-truth.ts";
import { logIn, startFaultyDashboard } from "./faults/faulty-dashboard.ts";
import { expect, login, sandbox, sandboxName, test } from "./fixtures.ts";

const portal = { engine: "flux-kustomization", namespace: "team-a", name: "portal" };

async function suspend(yes: boolean): Promise<void> {
  const patch = JSON.stringify({ spec: { suspend: yes } });
  const kind = "kustomizations.kustomize.toolkit.fluxcd.io";
  await kubectl(sandbox, ["patch", kind, portal.name, "-n", portal.namespace, "--type=merge", "-p", patch]);
}

/** Asks etcd by its own JSON gateway. */
async function etcd(server: string, path: string, body: object): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${server}/v3/kv/${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, text: await answer.text() };
}

/** Has etcd let go of everything but the newest version of each object. @returns the revision that it then begins with */
async function compact(server: string): Promise<number> {
  const key = Buffer.from("/registry/namespaces/default").toString("base64");
  const now = JSON.parse((await etcd(server, "range", { key })).text) as { header: { revision: string } };
  const { revision } = now.header;
  const done = await etcd(server, "compaction", { revision, physical: true });
  expect(done.status, done.text).toBe(200);
  const older = await etcd(server, "range", { key, revision: String(Number(revision) - 1) });
  expect(older.text).toContain("required revision has been compacted");
  return Number(revision);
}

test("keeps what it knew while the API server is down for a minute, and is right afterwards although etcd has let go of all that its watches would go on from", async () => {
  test.setTimeout(300_000);
  const server =
    apiServerProcess(sandbox)
      .args.find((arg) => arg.startsWith("--etcd-servers="))
      ?.split("=")[1] ?? "";
  const faulty = await startFaultyDashboard(sandbox, "long");
  try {
    const client = await logIn(faulty.dashboard.url, login("admin"));
    await expectTruth(sandbox, client.list);
    const row = async () =>
      (await client.list()).items.find(
        ({ engine, namespace, name }) =>
          engine === portal.engine && namespace === portal.namespace && name === portal.name,
      );
    expect((await row())?.suspended).toBe(false);
    const before = shownOf(await client.list());
    // This change comes after the last version that Driftglass hears of.
    faulty.proxy.freeze(true);
    faulty.proxy.cut();
    await suspend(true);
    try {
      await actOnComponent("kube-apiserver", "stop", sandboxName);
      const end = Date.now() + 60_000;
      faulty.proxy.freeze(false);
      await compact(server);
      await expect.poll(async () => (await client.list()).connection.state, { timeout: 50_000 }).toBe("disconnected");
      while (Date.now() < end) {
        expect(shownOf(await client.list())).toEqual(before);
        await sleep(1_000);
      }
    } finally {
      await actOnComponent("kube-apiserver", "start", sandboxName);
    }
    await expectTruth(sandbox, client.list);
    expect((await row())?.suspended).toBe(true);
  } finally {
    await suspend(false);
    await faulty.stop();
  }
});
