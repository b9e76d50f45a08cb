import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { StreamEvent } from "#lib/api/events.ts";
import type { Session } from "#lib/api/session-contract.ts";
import { startCuttableProxy, type CuttableProxy } from "./faults/cuttable-proxy.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { expect, listens, login, sandbox, test, type Driftglass } from "./fixtures.ts";

const own = "sandbox";
const other = "sandbox-two";
const infrastructure = {
  engine: "flux-kustomization",
  namespace: "flux-system",
  name: "doc-router-infrastructure",
} as const;

/** The viewer's kubeconfig under another name, by another way or with another token if there is one: a second cluster, as far as a session is concerned. */
async function join(page: Page, { url = sandbox.apiServerUrl, token = login("viewer").token } = {}): Promise<void> {
  const kubeconfig = readFileSync(login("viewer").kubeconfig, "utf8")
    .replaceAll('"sandbox"', JSON.stringify(other))
    .replaceAll(sandbox.apiServerUrl, url)
    .replaceAll(login("viewer").token, token);
  const joined = await page.request.post("/api/v1/clusters", { data: { kubeconfig }, headers: headers() });
  expect(joined.status(), await joined.text()).toBe(201);
  expect(((await joined.json()) as Session).clusters.map(({ name }) => name)).toEqual([own, other]);
}

/** The viewer's service account, by their token. */
function viewerAccount(): { namespace: string; account: string } {
  const content = Buffer.from(login("viewer").token.split(".")[1] ?? "", "base64url").toString();
  const [, , namespace = "", account = ""] = (JSON.parse(content) as { sub: string }).sub.split(":");
  return { namespace, account };
}

function headers(): { origin: string } {
  return { origin: new URL(process.env["DRIFTGLASS_URL"] ?? "").origin };
}

/** The row of an application in one of the clusters. */
function rowIn(driftglass: Driftglass, name: string, cluster: string) {
  return driftglass.row(name).filter({
    has: driftglass.page.getByRole("checkbox", { name: `Select ${name} in ${cluster}`, exact: true }),
  });
}

function connectionOf(page: Page) {
  return page.getByRole("banner").getByRole("button", { name: /^(Live|Catching up|Disconnected)/ });
}

test.describe("the list of all clusters", () => {
  // Each test reads two clusters anew.
  test.describe.configure({ timeout: 240_000 });
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("is offered in the header, has the rows of each, and leads to each application in its own cluster", async ({
    page,
    driftglass,
  }) => {
    await join(page);
    await driftglass.openList();
    await page.getByRole("button", { name: "Cluster sandbox" }).click();
    await page.getByRole("menuitem", { name: "All clusters" }).click();
    await expect(page).toHaveURL(/\/apps\?cluster=(\*|%2A)$/);
    await expect(page.getByRole("columnheader", { name: "Cluster", exact: true })).toBeVisible();
    await page.getByRole("combobox", { name: "Filter applications" }).fill("name:doc-router-infrastructure");
    await expect(rowIn(driftglass, "doc-router-infrastructure", own)).toBeVisible({ timeout: 60_000 });
    await expect(rowIn(driftglass, "doc-router-infrastructure", other)).toBeVisible({ timeout: 60_000 });
    await expect(driftglass.row("doc-router-infrastructure")).toHaveCount(2);
    await expect(connectionOf(page)).toHaveText(/^Live/, { timeout: 60_000 });

    // As it is after a reload, and in the page itself before any script runs.
    await page.reload();
    await listens(page);
    await expect(driftglass.row("doc-router-infrastructure")).toHaveCount(2);
    const plain = await page.request.get(page.url());
    expect(await plain.text()).toContain(
      `data-key="flux-kustomization/flux-system/doc-router-infrastructure@${other}"`,
    );

    // The viewer may not sync there; one level up all clusters are shown again.
    await rowIn(driftglass, "doc-router-infrastructure", other).getByRole("link").click();
    await expect(page).toHaveURL(/cluster=sandbox-two/);
    await expect(page.getByRole("button", { name: /^Sync/ }).first()).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/\/apps\?cluster=(\*|%2A)$/);
    await page.keyboard.press("Control+k");
    await page
      .getByRole("combobox", { name: "Application, namespace or page" })
      .fill("doc-router-infrastructure sandbox-two");
    const found = page
      .getByRole("option")
      .filter({ has: page.getByText("doc-router-infrastructure", { exact: true }) });
    await expect(found).toHaveCount(1);
    await expect(found).toContainText(other);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/doc-router-infrastructure\?cluster=sandbox-two/);
  });

  test("is narrowed, grouped and sorted by cluster, in the address", async ({ page, driftglass }) => {
    await join(page);
    await driftglass.openList("?cluster=*&q=cluster:sandbox-two&group=cluster&sort=cluster");
    const head = page.locator('[data-key="group:sandbox-two"]');
    await expect(head).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('[data-key="group:sandbox"]')).toHaveCount(0);
    await page.getByRole("button", { name: "Clear the search" }).click();
    await expect(page.locator('[data-key="group:sandbox"]')).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: "Cluster", exact: true }).first().click();
    await page.getByRole("checkbox", { name: /^sandbox ?\d/ }).click();
    await expect(page).toHaveURL(/[?&]in=sandbox(&|$)/);
    await page.keyboard.press("Escape");
    await expect(head).toHaveCount(0);
    await expect(page.locator('[data-key="group:sandbox"]')).toBeVisible();
  });

  test("syncs rows of several clusters by one dialog, each with the rights that the person has there", async ({
    page,
    driftglass,
  }) => {
    await join(page);
    await driftglass.openList("?cluster=*&q=name:doc-router-infrastructure");
    for (const cluster of [own, other]) {
      const box = page.getByRole("checkbox", { name: `Select doc-router-infrastructure in ${cluster}`, exact: true });
      await box.check({ timeout: 60_000 });
    }
    await page.getByRole("region", { name: "Selected applications" }).getByRole("button", { name: "Sync…" }).click();
    const dialog = page.getByRole("dialog", { name: "Sync 2 applications in sandbox and sandbox-two" });
    const line = (cluster: string) => dialog.getByRole("listitem").filter({ hasText: new RegExp(`${cluster}(?!-)`) });
    await expect(line(other)).toContainText("Left out:", { timeout: 60_000 });
    const go = dialog.getByRole("button", { name: /^Sync 1 application/ });
    await expect(go).toBeEnabled({ timeout: 60_000 });
    await go.click();
    await expect(dialog.getByText("1 requested", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(line(other)).toContainText("Left out:");
    await dialog.getByRole("button", { name: "Done" }).click();
  });

  test("says which cluster does not answer, keeps its rows, and goes on with the others", async ({
    page,
    driftglass,
  }) => {
    const proxy: CuttableProxy = await startCuttableProxy(sandbox.apiServerUrl);
    try {
      await join(page, { url: proxy.url });
      await driftglass.openList("?cluster=*&q=name:doc-router-infrastructure");
      await expect(driftglass.row("doc-router-infrastructure")).toHaveCount(2, { timeout: 60_000 });
      await expect(connectionOf(page)).toHaveText(/^Live/, { timeout: 60_000 });
      await proxy.close();
      await expect(page.getByRole("alert").filter({ hasText: "sandbox-two does not answer." })).toBeVisible({
        timeout: 90_000,
      });
      await expect(connectionOf(page)).toHaveText(/^Disconnected ?sandbox-two/);
      // What changes now, one cluster alone can tell.
      expect((await driftglass.act(infrastructure, "suspend", {})).status).toBeLessThan(300);
      const mark = (cluster: string) =>
        rowIn(driftglass, "doc-router-infrastructure", cluster).getByText("Suspended").first();
      await expect(mark(own)).toBeAttached({ timeout: 60_000 });
      await expect(mark(other)).toHaveCount(0);
      expect((await driftglass.act(infrastructure, "resume", {})).status).toBeLessThan(300);
      await expect(mark(own)).toHaveCount(0, { timeout: 60_000 });

      // Whoever leaves it has the others' rows alone, without a reload.
      const left = await page.request.delete(`/api/v1/clusters/${other}`, { headers: headers() });
      expect(left.status()).toBe(204);
      await expect(driftglass.row("doc-router-infrastructure")).toHaveCount(1, { timeout: 60_000 });
      await expect(connectionOf(page)).toHaveText(/^Live/, { timeout: 60_000 });
    } finally {
      await driftglass.act(infrastructure, "resume", {});
      await proxy.close().catch(() => undefined);
    }
  });

  test("lets go of the rows of a cluster whose login has ended, says so, and offers to log in again", async ({
    page,
    driftglass,
  }) => {
    const { namespace, account } = viewerAccount();
    const secret = "every-cluster-token";
    await kubectl(sandbox, ["create", "secret", "generic", secret, "-n", namespace]);
    try {
      const bound = ["--bound-object-kind=Secret", `--bound-object-name=${secret}`];
      const { stdout } = await kubectl(sandbox, ["create", "token", account, "-n", namespace, ...bound]);
      await join(page, { token: stdout.trim() });
      await driftglass.openList(`?cluster=*&q=name:${infrastructure.name}`);
      await expect(driftglass.row(infrastructure.name)).toHaveCount(2, { timeout: 60_000 });
    } finally {
      // The token is worth nothing without it.
      await kubectl(sandbox, ["delete", "secret", secret, "-n", namespace]);
    }
    const strip = page.getByRole("alert").filter({ hasText: `You are logged out of ${other}.` });
    await expect(strip).toBeVisible({ timeout: 120_000 });
    await expect(rowIn(driftglass, infrastructure.name, own)).toBeVisible();
    await expect(driftglass.row(infrastructure.name)).toHaveCount(1);
    await expect(connectionOf(page)).toHaveText(/^Disconnected ?sandbox-two/);
    await strip.getByRole("button", { name: "Log in again" }).click();
    const dialog = page.getByRole("dialog", { name: `Log in to ${other} again` });
    await dialog.getByRole("button", { name: "Not now" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(rowIn(driftglass, infrastructure.name, own)).toBeVisible();
  });

  test("comes by one stream, whose events name their cluster and say which there are", async ({ page }) => {
    await join(page);
    await page.goto("/login");
    const heard = await page.evaluate(async () => {
      const stop = new AbortController();
      const response = await fetch("/api/v1/events?cluster=*", { signal: stop.signal });
      const reader = response.body?.getReader();
      const decoder = new TextDecoder();
      let text = "";
      for (let greeted = 0; greeted < 2; greeted = text.split('"type":"hello"').length - 1) {
        const read = await reader?.read();
        if (!read || read.done) break;
        text += decoder.decode(read.value, { stream: true });
      }
      stop.abort();
      return text.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : []));
    });
    const events = heard.map((data) => JSON.parse(data) as StreamEvent);
    expect(events[0]).toEqual({ v: 1, type: "clusters", clusters: [own, other] });
    const hellos = events.flatMap((event) => (event.type === "hello" ? [event] : []));
    expect(hellos.map(({ cluster }) => cluster)).toEqual([own, other]);
    expect(new Set(hellos.map(({ instance }) => instance)).size).toBe(2);
  });

  test("has drift and the overview of all beside it, and what shows one cluster asks which", async ({
    page,
    driftglass,
  }) => {
    await join(page);
    await driftglass.openList("?cluster=*");
    const pages = page.getByRole("navigation", { name: "Pages" });
    await pages.getByRole("link", { name: "Overview", exact: true }).click();
    const clusters = page.getByRole("region", { name: "Clusters" });
    for (const name of [own, other])
      await expect(clusters.getByRole("link", { name, exact: true })).toBeVisible({ timeout: 60_000 });
    await pages.getByRole("link", { name: /^Drift\b/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Drift" })).toBeVisible({ timeout: 60_000 });
    await pages.getByRole("link", { name: "Sources" }).click();
    await expect(page.getByRole("heading", { name: "Sources of which cluster?" })).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: other, exact: true }).click();
    await expect(page).toHaveURL(/\/sources\?cluster=sandbox-two/);
    await expect(page.getByRole("heading", { level: 1, name: "Sources" })).toBeAttached({ timeout: 60_000 });
    // An address that someone has written by hand.
    await page.goto(`/apps/${infrastructure.engine}/${infrastructure.namespace}/${infrastructure.name}?cluster=*`);
    await page.getByRole("main").getByRole("link", { name: own, exact: true }).click({ timeout: 60_000 });
    await expect(page.getByRole("heading", { level: 1, name: infrastructure.name })).toBeVisible({ timeout: 60_000 });
  });
});
