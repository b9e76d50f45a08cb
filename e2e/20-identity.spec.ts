import { writeFileSync } from "node:fs";
import { request as send } from "node:https";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import type { Session } from "#lib/api/session-contract.ts";
import { oidcEnvironment, type Dashboard } from "../sandbox/dashboard.ts";
import { secretOidcClient, shortOidcClient, shortTokenSeconds } from "../sandbox/servers/oidc-users.ts";
import { api, expect, leaves, sandbox, test } from "./fixtures.ts";
import { expectList, ownDashboard, ownFolder } from "./own-dashboard.ts";
import { signIn } from "./sign-in.ts";

const issuer = sandbox.oidcIssuer ?? "";

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
    const secretFile = join(ownFolder, "client-secret");
    writeFileSync(secretFile, `${secretOidcClient.secret}\n`, { mode: 0o600 });
    own = await ownDashboard("oidc", {
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
    for (const each of [first, second]) await leaves(each);
    expect((await second.request.get(`${own.url}/api/v1/session`)).status()).toBe(401);
    // Another person is not concerned.
    expect((await page.request.get(`${own.url}/api/v1/session`)).status()).toBe(200);
    await Promise.all(contexts.map((context) => context.close()));
  });
});

test.describe("tokens that live for seconds", () => {
  test.use({ ignoreHTTPSErrors: true });
  let own: Dashboard;
  test.beforeAll(async () => {
    own = await ownDashboard("oidc-short", oidcEnvironment(sandbox.stateDirectory, issuer, shortOidcClient));
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
