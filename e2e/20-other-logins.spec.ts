import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Session } from "#lib/api/session-contract.ts";
import type { Dashboard } from "../sandbox/dashboard.ts";
import { api, expect, login, sandbox, test } from "./fixtures.ts";
import { expectList, ownDashboard, ownFolder } from "./own-dashboard.ts";

test.describe("a proxy that logs people in", () => {
  const secret = "a-secret-that-the-proxy-alone-knows";
  const named = (user: string, groups: string, given = secret): Record<string, string> => ({
    "x-forwarded-user": user,
    "x-forwarded-groups": groups,
    "x-driftglass-proxy-secret": given,
  });
  let own: Dashboard;
  test.beforeAll(async () => {
    kubectl("create", "serviceaccount", "proxy", "-n", "driftglass-logins");
    kubectl("create", "clusterrole", "proxy", "--verb=impersonate", "--resource=users,groups");
    kubectl("create", "clusterrolebinding", "proxy", "--clusterrole=proxy", "--serviceaccount=driftglass-logins:proxy");
    kubectl("create", "clusterrolebinding", "proxy-auditors", "--clusterrole=driftglass-viewer", "--group=auditors");
    const token = kubectl("create", "token", "proxy", "-n", "driftglass-logins", "--duration=1h");
    for (const [name, text] of [
      ["proxy-secret", secret],
      ["proxy-token", token],
    ] as const)
      writeFileSync(join(ownFolder, name), text, { mode: 0o600 });
    own = await ownDashboard("proxy", {
      DRIFTGLASS_MODE: "hosted",
      DRIFTGLASS_CLUSTERS: login("admin").kubeconfig,
      DRIFTGLASS_PROXY_USER_HEADER: "X-Forwarded-User",
      DRIFTGLASS_PROXY_GROUPS_HEADER: "X-Forwarded-Groups",
      DRIFTGLASS_PROXY_SECRET_FILE: join(ownFolder, "proxy-secret"),
      DRIFTGLASS_PROXY_TOKEN_FILE: join(ownFolder, "proxy-token"),
    });
  });
  test.afterAll(async () => {
    await own.stop();
    kubectl("delete", "clusterrolebinding", "proxy", "proxy-auditors");
    kubectl("delete", "clusterrole", "proxy");
    kubectl("delete", "serviceaccount", "proxy", "-n", "driftglass-logins");
  });

  test("has its people act as themselves, and only as long as it names them", async ({ page }) => {
    await page.setExtraHTTPHeaders(named("ada", "auditors, writers"));
    await page.goto(`${own.url}/apps`);
    await page.getByRole("button", { name: "Continue as ada" }).click();
    await expectList(page);
    await expect(page.getByRole("button", { name: "Logged in as ada" })).toBeVisible();
    const answer = await page.request.get(`${own.url}/api/v1/session`, { headers: named("ada", "auditors,writers") });
    expect(((await answer.json()) as Session).identity.groups).toEqual(["auditors", "writers", "system:authenticated"]);
    // Somebody else behind the same proxy, or nobody, does not go on with the session.
    const other = await page.request.get(`${own.url}/api/v1/session`, { headers: named("eve", "auditors") });
    expect(other.status()).toBe(401);
    expect(await other.text()).toContain("does not name you any more");
  });

  test("is not believed without its secret, and can't name nobody or Kubernetes' own", async ({ request }) => {
    const tries: Record<string, string>[] = [
      {},
      { "x-forwarded-user": "ada" },
      named("ada", "auditors", "wrong"),
      named("", "auditors"),
      named("ada, root", ""),
      named("system:admin", ""),
      named("ada", "auditors,system:masters"),
    ];
    for (const headers of tries) {
      const answer = await request.post(`${own.url}/api/v1/session`, {
        data: { proxy: true },
        headers: { origin: own.url, ...headers },
      });
      expect(answer.status(), JSON.stringify(headers)).toBe(403);
      expect(await answer.text()).toContain("no-proxy");
    }
  });

  test("may not be used for a group that the cluster does not let it impersonate", async ({ request }) => {
    kubectl("delete", "clusterrole", "proxy");
    kubectl("create", "clusterrole", "proxy", "--verb=impersonate", "--resource=users");
    const logIn = async (): Promise<string> => {
      const answer = await request.post(`${own.url}/api/v1/session`, {
        data: { proxy: true },
        headers: { origin: own.url, ...named("ada", "auditors") },
      });
      return `${answer.status()} ${await answer.text()}`;
    };
    // The API server hears of changed rights a moment later.
    await expect.poll(logIn).toMatch(/^403 .*may-not-impersonate/);
  });
});

test.describe("a Driftglass on a machine that others use, too,", () => {
  const token = "a-launch-token-of-the-test-alone";
  let own: Dashboard;
  test.beforeAll(async () => {
    own = await ownDashboard("launch", { DRIFTGLASS_LAUNCH: "link", DRIFTGLASS_LAUNCH_TOKEN: token });
  });
  test.afterAll(() => own.stop());

  test("lets nobody use its contexts but who has the link that it printed, which works once", async ({
    page,
    browser,
  }) => {
    const post = (from: Page) =>
      from.request.post(`${own.url}/api/v1/session`, { data: { context: "admin" }, headers: { origin: own.url } });
    expect((await post(page)).status()).toBe(403);
    await page.goto(`${own.url}/login`);
    await expect(page.getByRole("tab", { name: "Token" })).toBeVisible();
    await expect(page.getByRole("tab", { name: "This machine" })).toHaveCount(0);

    await page.goto(`${own.url}/api/v1/launch?token=${token}`);
    await expect(page).toHaveURL(`${own.url}/login`);
    await expect(page.getByRole("tab", { name: "This machine" })).toBeVisible();
    expect((await post(page)).status()).toBe(201);

    const other = await browser.newContext();
    expect((await other.request.get(`${own.url}/api/v1/launch?token=${token}`)).status()).toBe(403);
    await other.close();
  });

  test("counts failed logins by the address that they come from, whatever they say of it", async ({ request }) => {
    const statuses = [];
    for (let number = 0; number < 11; number += 1) {
      const answer = await request.post(`${own.url}/api/v1/session`, {
        data: { token: "wrong" },
        headers: { origin: own.url, "x-forwarded-for": `10.0.0.${number}`, "x-driftglass-peer": `10.1.0.${number}` },
      });
      statuses.push(answer.status());
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });
});

test.describe("every call of the API", () => {
  interface Described {
    readonly paths: Record<string, Record<string, { readonly security: readonly object[] }>>;
  }
  const real: Record<string, string> = {
    engine: "flux-kustomization",
    group: "core",
    version: "v1",
    kind: "Pod",
    namespace: "flux-system",
    name: "doc-router-staging",
    action: "suspend",
  };

  test("is refused without a session, from another origin, and to the viewer where it changes something", async ({
    page,
    driftglass,
    baseURL,
  }) => {
    const { paths } = await api<Described>(page.request, "/api/v1/openapi.json");
    const calls = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { security }]) => ({
        method: method.toUpperCase(),
        path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => real[name] ?? name),
        open: security.length === 0,
      })),
    );
    expect(calls.length).toBeGreaterThan(20);
    const origin = new URL(baseURL ?? "").origin;
    const fetched = (method: string, path: string, from: string) =>
      page.request.fetch(path, {
        method,
        headers: { origin: from },
        maxRedirects: 0,
        ...(method === "POST" && { data: {} }),
      });
    for (const { method, path, open } of calls)
      if (!open) expect((await fetched(method, path, origin)).status(), `${method} ${path}`).toBe(401);

    await driftglass.logInAs("viewer");
    for (const { method, path } of calls) {
      if (method === "GET") continue;
      expect((await fetched(method, path, "https://evil.example.com")).status(), `${method} ${path}`).toBe(403);
      // Of their own session the viewer may decide; all else is the cluster's.
      if (/^\/api\/v1\/(session|clusters)/.test(path)) continue;
      const answer = await fetched(method, path, origin);
      const text = await answer.text();
      expect(answer.status() >= 400 || text.includes('"accepted":false'), `${method} ${path}: ${text}`).toBe(true);
    }
  });
});

function kubectl(...args: string[]): string {
  const environment = { ...process.env, KUBECONFIG: sandbox.adminKubeconfig };
  return execFileSync(join(sandbox.binDirectory, "kubectl"), args, { env: environment, encoding: "utf8" }).trim();
}
