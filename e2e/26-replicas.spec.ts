import type { ApplicationList } from "#lib/api/application-contract.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { expectTruth } from "./faults/cluster-truth.ts";
import { installWords, wordOf } from "./faults/words.ts";
import { expect, listens, login, rowOf, sandbox, test } from "./fixtures.ts";
import type { Dashboard } from "../sandbox/dashboard.ts";
import { startReplicas, type Replicas } from "./replicas/replicas.ts";

const portal = { engine: "flux-kustomization", namespace: "team-a", name: "portal" } as const;
const namespace = "replicas-page";

async function suspend(yes: boolean): Promise<void> {
  const patch = JSON.stringify({ spec: { suspend: yes } });
  const kind = "kustomizations.kustomize.toolkit.fluxcd.io";
  await kubectl(sandbox, ["patch", kind, portal.name, "-n", portal.namespace, "--type=merge", "-p", patch]);
}

test.describe("two replicas behind a proxy that sends each request to the next one", () => {
  test.describe.configure({ timeout: 240_000 });
  let replicas: Replicas;

  test.beforeAll(async () => {
    replicas = await startReplicas(sandbox);
  });
  test.afterAll(async () => {
    await suspend(false);
    await replicas.stop();
  });

  test("know that somebody has logged out, whichever of them was asked", async () => {
    const { logIn, ask } = replicas;
    const [east, west] = replicas.all as [Dashboard, Dashboard];
    const status = async (replica: Dashboard, cookie: string): Promise<number> =>
      (await ask(replica, cookie, "/api/v1/session")).status;
    const cookie = await logIn(east, "admin");
    expect([await status(west, cookie), await status(east, cookie)]).toEqual([200, 200]);
    expect((await ask(west, cookie, "/api/v1/session", "DELETE")).status).toBe(204);
    expect([await status(west, cookie), await status(east, cookie)]).toEqual([401, 401]);

    const one = await logIn(east, "admin");
    const other = await logIn(west, "admin");
    const somebodyElse = await logIn(west, "viewer");
    expect((await ask(east, one, "/api/v1/session?everywhere", "DELETE")).status).toBe(204);
    for (const replica of [east, west]) {
      // The replica that serves the other session hears of it a moment later.
      await expect.poll(() => status(replica, other), { timeout: 30_000 }).toBe(401);
      expect(await (await ask(replica, other, "/api/v1/session")).text()).toContain("You logged out everywhere.");
      expect(await status(replica, somebodyElse)).toBe(200);
    }
    expect((await ask(east, somebodyElse, "/api/v1/session", "DELETE")).status).toBe(204);
  });

  test("keep nothing of a session that somebody could read who has no cookie of it", async () => {
    const { logIn, ask, kept } = replicas;
    const [east] = replicas.all as [Dashboard, Dashboard];
    const cookie = await logIn(east, "viewer");
    const texts = (JSON.parse(await kept()) as { items: { data?: { session?: string } }[] }).items.map((item) =>
      [JSON.stringify(item), Buffer.from(item.data?.session ?? "", "base64").toString()].join(" "),
    );
    expect(texts.filter((text) => text.includes("driftglass.io/session.v1")).length).toBeGreaterThan(0);
    for (const secret of [login("viewer").token, login("viewer").token.split(".")[1] ?? "", "serviceaccount:", cookie])
      expect(texts.join(" ")).not.toContain(secret);
    // A cookie that no replica has made is not even looked for.
    const [name] = cookie.split("=");
    expect((await ask(east, `${name}=${"x".repeat(43)}`, "/api/v1/session")).status).toBe(401);
    expect((await ask(east, cookie, "/api/v1/session", "DELETE")).status).toBe(204);
  });

  test("hand their sessions over when they are told to stop: an update logs nobody out", async () => {
    const { logIn, ask } = replicas;
    const [east, west] = replicas.all as [Dashboard, Dashboard];
    const cookie = await logIn(east, "admin");
    const statuses: number[] = [];
    const stopped = new AbortController();
    const asking = (async () => {
      while (!stopped.signal.aborted) statuses.push((await ask(west, cookie, "/api/v1/applications")).status);
    })();
    await east.stop();
    stopped.abort();
    await asking;
    // What was under way may have to be asked for again; nobody is told to log in.
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect((await ask(west, cookie, "/api/v1/session")).status).toBe(200);
    await replicas.restart(east);
    const [again] = replicas.all as [Dashboard, Dashboard];
    expect((await ask(again, cookie, "/api/v1/session")).status).toBe(200);
    expect((await ask(again, cookie, "/api/v1/session", "DELETE")).status).toBe(204);
  });

  test("notice that the one which serves an open stream hangs, and go on without it", async () => {
    const { logIn, ask, freeze } = replicas;
    const [east, west] = replicas.all as [Dashboard, Dashboard];
    const cookie = await logIn(east, "admin");
    const stream = await fetch(`${west.url}/api/v1/events`, { headers: { cookie } });
    const reader = stream.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    const began = Date.now();
    freeze(east, true);
    try {
      const readToEnd = async (): Promise<void> => {
        while ((await reader?.read())?.done === false);
      };
      await readToEnd().catch(() => undefined);
      expect(Date.now() - began).toBeLessThan(15_000);
      // Whoever comes back is served, without waiting for the other one again.
      const again = await fetch(`${west.url}/api/v1/events`, { headers: { cookie } });
      expect((await again.body?.getReader().read())?.done).toBe(false);
      await again.body?.cancel().catch(() => undefined);
      console.log(`a stream goes on ${((Date.now() - began) / 1000).toFixed(1)} s after its replica stood still`);
    } finally {
      freeze(east, false);
    }
    // It finds out that the session is another's now.
    await expect.poll(async () => (await ask(east, cookie, "/api/v1/session")).status, { timeout: 30_000 }).toBe(200);
    expect((await ask(west, cookie, "/api/v1/session", "DELETE")).status).toBe(204);
  });

  test("are one Driftglass to a browser, which goes on when the replica that serves it is killed", async ({ page }) => {
    await installWords(sandbox, namespace);
    try {
      const { proxy } = replicas;
      const headers = { origin: proxy.url };
      const loggedIn = await page.request.post(`${proxy.url}/api/v1/session`, {
        data: { token: login("admin").token },
        headers,
      });
      expect(loggedIn.status(), await loggedIn.text()).toBe(201);
      await page.goto(`${proxy.url}/apps?q=portal`);
      await listens(page);
      const row = rowOf(page, portal.name);
      await expect(row).toBeVisible({ timeout: 45_000 });
      expect([...proxy.answered.keys()].toSorted()).toEqual(replicas.all.map(({ url }) => url).toSorted());

      // A list, the stream and its changes come from one replica, whichever is asked.
      await suspend(true);
      await expect(row).toContainText("Suspended", { timeout: 45_000 });
      const list = async (): Promise<ApplicationList> => {
        const answer = await page.request.get(`${proxy.url}/api/v1/applications`);
        expect(answer.status(), await answer.text()).toBe(200);
        return (await answer.json()) as ApplicationList;
      };
      expect(new Set([(await list()).instance, (await list()).instance, (await list()).instance]).size).toBe(1);

      const act = async (unit: string, action: string, data: object): Promise<void> => {
        const answer = await page.request.post(`${proxy.url}/api/v1/applications/${unit}/actions/${action}`, {
          data,
          headers,
        });
        expect(answer.status(), await answer.text()).toBe(200);
      };
      const word = (): Promise<unknown> => wordOf(sandbox, namespace);
      // Twice each, so that each replica takes one of them.
      for (const preview of [true, false])
        await act("flux-kustomization/flux-system/doc-router-staging", "sync", { preview });
      for (const preview of [true, false]) await act(`helm/${namespace}/words`, "rollback", { revision: "1", preview });
      expect(await word()).toBe("first");

      replicas.kill(await replicas.home());
      await suspend(false);
      await expect(row).not.toContainText("Suspended", { timeout: 60_000 });
      await listens(page);
      await act(`helm/${namespace}/words`, "rollback", { revision: "2" });
      expect(await word()).toBe("second");
      await expectTruth(sandbox, list);
      expect(page.url()).toBe(`${proxy.url}/apps?q=portal`);

      const out = await page.request.delete(`${proxy.url}/api/v1/session`, { headers });
      expect(out.status()).toBe(204);
      expect((await page.request.get(`${proxy.url}/api/v1/session`)).status()).toBe(401);
    } finally {
      await kubectl(sandbox, ["delete", "namespace", namespace, "--timeout=60s", "--ignore-not-found"]);
    }
  });
});
