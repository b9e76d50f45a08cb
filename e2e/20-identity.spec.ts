import { mkdtempSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { request as send } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import type { Session } from "#lib/api/session-contract.ts";
import { oidcEnvironment, startDashboard, type Dashboard } from "../sandbox/dashboard.ts";
import { oidcUsers, secretOidcClient, shortOidcClient, shortTokenSeconds } from "../sandbox/servers/oidc-users.ts";
import { api, expect, login, sandbox, test } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "driftglass-identity-"));
const issuer = sandbox.oidcIssuer ?? "";

/** A Driftglass of this spec's own, set up for one way to log in. */
function dashboard(name: string, environment: Record<string, string>): Promise<Dashboard> {
  return startDashboard(sandbox, join(folder, `${name}.log`), undefined, environment);
}

/** Logs in at the identity provider's own page. */
async function signIn(page: Page, user: string): Promise<void> {
  const { password } = oidcUsers.find(({ name }) => name === user) ?? { password: "" };
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** What an administrator of the provider does when somebody leaves. */
function revokeAtProvider(user: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const call = send(`${issuer}/sandbox/revoke`, { method: "POST", rejectUnauthorized: false }, (answer) => {
      answer.resume();
      answer.on("end", () => done(answer.statusCode));
    });
    call.on("error", fail);
    call.end(new URLSearchParams({ name: user }).toString());
  });
}

test.describe("an identity provider", () => {
  // The provider's certificate is the sandbox's own.
  test.use({ ignoreHTTPSErrors: true });
  let own: Dashboard;
  test.beforeAll(async () => {
    const secretFile = join(folder, "client-secret");
    writeFileSync(secretFile, `${secretOidcClient.secret}\n`, { mode: 0o600 });
    own = await dashboard("oidc", {
      ...oidcEnvironment(sandbox.stateDirectory, issuer, secretOidcClient.id),
      DRIFTGLASS_OIDC_CLIENT_SECRET_FILE: secretFile,
    });
  });
  test.afterAll(() => own.stop());

  test("logs people in on its own page, back to where they wanted to go, with their own rights", async ({ page }) => {
    await page.goto(`${own.url}/drift`);
    await page.getByRole("link", { name: /^Continue with/ }).click();
    await expect(page.getByRole("heading", { name: "Sandbox identity provider" })).toBeVisible();
    await signIn(page, "victor");
    await expect(page).toHaveURL(`${own.url}/drift`);
    await expect(page.getByRole("button", { name: "Logged in as oidc:victor" })).toBeVisible();
    const { identity } = await api<Session>(page.request, `${own.url}/api/v1/session`);
    expect(identity.groups).toContain("oidc:viewers");
    // The cluster lets this group read everything and change nothing.
    const refused = await page.request.post(
      `${own.url}/api/v1/applications/flux-kustomization/flux-system/doc-router-staging/actions/suspend`,
      { data: {}, headers: { origin: own.url } },
    );
    expect(await refused.text()).toContain("eeds patch on kustomizations");
    const cookies = await page.context().cookies(own.url);
    expect(cookies.find(({ name }) => name === "driftglass_session")).toMatchObject({
      httpOnly: true,
      sameSite: "Strict",
    });
    expect(cookies.map(({ name }) => name)).not.toContain("driftglass_login");
  });

  test("does not log in a browser that did not begin the login, or that brings another state", async ({ page }) => {
    await page.goto(`${own.url}/api/v1/oidc/callback?code=stolen&state=stolen&iss=${encodeURIComponent(issuer)}`);
    await expect(page.getByRole("alert").filter({ hasText: "began in another browser" })).toBeVisible();
    await page.request.get(`${own.url}/api/v1/oidc/login`, { maxRedirects: 0 });
    await page.goto(`${own.url}/api/v1/oidc/callback?code=stolen&state=stolen&iss=${encodeURIComponent(issuer)}`);
    await expect(page.getByRole("alert").filter({ hasText: "could not log you in" })).toBeVisible();
    expect((await page.request.get(`${own.url}/api/v1/session`)).status()).toBe(401);
  });

  test("leads nowhere but to our own pages", async ({ page }) => {
    await page.goto(`${own.url}/api/v1/oidc/login?next=/sources?q=x`);
    await signIn(page, "victor");
    await expect(page).toHaveURL(`${own.url}/sources?q=x`);
    for (const next of ["https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "/api/v1/session"]) {
      // The provider knows the browser by now, and sends it back at once.
      await page.goto(`${own.url}/api/v1/oidc/login?next=${encodeURIComponent(next)}`);
      await expect(page).toHaveURL(`${own.url}/apps`);
    }
  });

  test("logs out everywhere: in another browser, too", async ({ page, browser }) => {
    // Three browsers log in.
    test.setTimeout(240_000);
    const contexts: BrowserContext[] = [];
    for (let number = 0; number < 2; number += 1) contexts.push(await browser.newContext({ ignoreHTTPSErrors: true }));
    const pages = await Promise.all(contexts.map((context) => context.newPage()));
    for (const each of [page, ...pages]) {
      await each.goto(`${own.url}/api/v1/oidc/login?next=/apps`);
      await signIn(each, each === page ? "victor" : "olivia");
      await expectList(each);
    }
    const [first, second] = pages;
    if (!first || !second) throw new Error("no pages");
    await expect(second.getByRole("button", { name: /^Live/ })).toBeVisible({ timeout: 30_000 });
    await first.getByRole("button", { name: /Logged in as/ }).click();
    await first.getByRole("menuitem", { name: "Log out everywhere" }).click();
    await expect(second).toHaveURL(/\/login/, { timeout: 60_000 });
    expect((await second.request.get(`${own.url}/api/v1/session`)).status()).toBe(401);
    // Another person is not concerned.
    expect((await page.request.get(`${own.url}/api/v1/session`)).status()).toBe(200);
    await Promise.all(contexts.map((context) => context.close()));
  });
});

/** The list, which a busy machine may take a while to draw. */
async function expectList(page: Page): Promise<void> {
  await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible({ timeout: 45_000 });
}

test.describe("tokens that live for seconds", () => {
  test.use({ ignoreHTTPSErrors: true });
  let own: Dashboard;
  test.beforeAll(async () => {
    own = await dashboard("oidc-short", oidcEnvironment(sandbox.stateDirectory, issuer, shortOidcClient));
  });
  test.afterAll(() => own.stop());

  test("are renewed under an open page; when that is revoked, the page asks for a login and goes on", async ({
    page,
  }) => {
    test.setTimeout(240_000);
    /** Asks the cluster as this person, each time anew. */
    const status = async () =>
      (await page.request.get(`${own.url}/api/v1/resources/core/v1/Namespace/_/team-a`)).status();
    await page.goto(`${own.url}/api/v1/oidc/login?next=/apps`);
    await signIn(page, "olivia");
    // The list comes with the page; the filter works once the page listens.
    await expect(page.getByRole("button", { name: /^(Live|Catching up)/ })).toBeVisible({ timeout: 60_000 });
    await page.getByRole("combobox", { name: "Filter applications" }).fill("gateway");
    await expect(page).toHaveURL(/gateway/);
    // Beyond the life of the first token many ask at once, all the time, and each answer comes with the person's own rights.
    const answers = new Set<number>();
    const until = Date.now() + (shortTokenSeconds + 3) * 1000;
    while (Date.now() < until)
      for (const answer of await Promise.all([status(), status(), status()])) answers.add(answer);
    expect([...answers]).toEqual([200]);
    await expect(page.getByRole("dialog")).toHaveCount(0);

    expect(await revokeAtProvider("olivia")).toBe(204);
    await expect.poll(status, { timeout: 60_000 }).toBe(401);
    const dialog = page.getByRole("dialog", { name: "Log in again" });
    await expect(dialog).toContainText("The identity provider has ended this login.");

    // In a tab of its own; the provider still knows the browser, and sends it back at once.
    await dialog.getByRole("link", { name: /^Continue with/ }).click();
    await expect(dialog).toHaveCount(0, { timeout: 30_000 });
    // Nothing of the page was lost.
    await expect(page.getByRole("combobox", { name: "Filter applications" })).toHaveValue("gateway");
    expect(await status()).toBe(200);
  });
});

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
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    own = await dashboard("proxy", {
      DRIFTGLASS_MODE: "hosted",
      DRIFTGLASS_CLUSTERS: login("admin").kubeconfig,
      DRIFTGLASS_PROXY_USER_HEADER: "X-Forwarded-User",
      DRIFTGLASS_PROXY_GROUPS_HEADER: "X-Forwarded-Groups",
      DRIFTGLASS_PROXY_SECRET_FILE: join(folder, "proxy-secret"),
      DRIFTGLASS_PROXY_TOKEN_FILE: join(folder, "proxy-token"),
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
    const answer = await request.post(`${own.url}/api/v1/session`, {
      data: { proxy: true },
      headers: { origin: own.url, ...named("ada", "auditors") },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain("may-not-impersonate");
  });
});

test.describe("a Driftglass on a machine that others use, too,", () => {
  const token = "a-launch-token-of-the-test-alone";
  let own: Dashboard;
  test.beforeAll(async () => {
    own = await dashboard("launch", { DRIFTGLASS_LAUNCH: "link", DRIFTGLASS_LAUNCH_TOKEN: token });
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
