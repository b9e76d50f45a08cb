import type { Locator, Page } from "@playwright/test";
import type { FluxSource } from "#lib/model/flux-source.ts";
import type { FluxSourceList } from "#lib/api/source-contract.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { api, expect, sandbox, test, type Driftglass } from "./fixtures.ts";

const sources = async (page: Page): Promise<FluxSourceList> => await api(page.request, "/api/v1/sources");

async function find(page: Page, kind: string, name: string): Promise<FluxSource | undefined> {
  return (await sources(page)).items.find((item) => item.kind === kind && item.name === name);
}

async function openSources(page: Page, query = ""): Promise<void> {
  await page.goto(`/sources${query}`);
  await expect(page.getByRole("grid", { name: "Sources" })).toBeVisible();
}

/** The first row with this text in it. */
function rowOf(page: Page, text: string): Locator {
  return page.getByRole("grid", { name: "Sources" }).getByRole("row").filter({ hasText: text }).first();
}

test.describe("the sources", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("are all of the scenario's, with revision, size, interval and who takes them", async ({ page }) => {
    // A kind that the outage before this has cut off is followed again at the next heartbeat.
    await expect
      .poll(
        async () => {
          const { items, limits, state } = await sources(page);
          return { all: items.length >= 11, limits, state };
        },
        { timeout: 30_000 },
      )
      .toEqual({ all: true, limits: [], state: "ready" });
    const { items } = await sources(page);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(
      new Set(["GitRepository", "OCIRepository", "HelmRepository", "HelmChart"]),
    );
    const git = items.find(({ kind, name }) => kind === "GitRepository" && name === "doc-router");
    expect(git).toMatchObject({ status: { status: "Healthy" }, interval: "24h", ref: "main" });
    expect(git?.artifact?.revision).toMatch(/^main@sha1:[0-9a-f]{40}$/);
    expect(git?.artifact?.size).toBeGreaterThan(100);
    expect(git?.consumers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["doc-router-infrastructure", "doc-router-production", "doc-router-staging"]),
    );
    const charts = items.find(({ kind, namespace }) => kind === "HelmRepository" && namespace === "team-a");
    expect(charts?.consumers).toEqual([
      expect.objectContaining({ kind: "HelmRelease", application: expect.objectContaining({ name: "team-queue" }) }),
    ]);
  });

  test("are reached by keyboard, filtered in the URL, walked and opened", async ({ page, driftglass }) => {
    await driftglass.openList();
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await expect(page).toHaveURL(/\/sources/);
    await expect(page.getByRole("grid", { name: "Sources" })).toBeVisible();
    await page.keyboard.press("/");
    await page.keyboard.type("doc-router");
    await expect(page).toHaveURL(/q=doc-router/);
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^HelmChart/ }).click();
    await expect(page).toHaveURL(/kind=HelmChart/);
    await expect(page.getByRole("row")).toHaveCount(4);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await expect(drawer).toContainText("Conditions");
    await expect(drawer).toContainText("Made from");
    await expect(page).toHaveURL(/source=HelmChart/);
    const shared = page.url();
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
    await page.goto(shared);
    await expect(page.getByRole("dialog")).toContainText("Conditions");
  });

  test("lead to the applications that take them", async ({ page }) => {
    await openSources(page, "?kind=OCIRepository");
    await rowOf(page, "platform-policies").getByRole("link", { name: "platform-policies" }).click();
    await expect(page).toHaveURL(/\/apps\/flux-kustomization\/flux-system\/platform-policies/);
  });

  test("are fetched on a click: the controller answers the request", async ({ page }) => {
    await openSources(page);
    const before = (await find(page, "GitRepository", "doc-router"))?.lastFetch?.at ?? "";
    await page.getByRole("button", { name: "Reconcile doc-router" }).click();
    await expect(page.getByText("Reconcile requested").first()).toBeVisible();
    await expect
      .poll(async () => {
        const source = await find(page, "GitRepository", "doc-router");
        return source?.lastFetch?.what === "answered" && source.lastFetch.at > before && source.status.status;
      })
      .toBe("Healthy");
  });

  test("are suspended and resumed, and the row follows without a reload", async ({ page }) => {
    await openSources(page);
    const row = rowOf(page, "dashboards");
    await row.getByRole("button", { name: "Suspend dashboards" }).click();
    await expect(row).toContainText("nothing new is fetched until someone resumes it");
    await expect(row.getByRole("button", { name: "Reconcile dashboards" })).toHaveAttribute("aria-disabled", "true");
    await row.getByRole("button", { name: "Resume dashboards" }).click();
    await expect(row.getByRole("button", { name: "Suspend dashboards" })).toBeVisible();
    await expect.poll(async () => (await find(page, "OCIRepository", "dashboards"))?.status.status).toBe("Healthy");
  });

  test("appear when they are made, the failing one first and with its reason in words", async ({ page }) => {
    await openSources(page);
    const broken = {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "no-such-repository", namespace: "flux-system" },
      spec: { interval: "10m", url: "http://127.0.0.1:1/no-such-repository.git", ref: { branch: "main" } },
    };
    await kubectl(sandbox, ["apply", "--server-side", "-f", "-"], { input: JSON.stringify(broken) });
    try {
      const first = page.getByRole("grid", { name: "Sources" }).getByRole("row").nth(1);
      await expect(first).toContainText("no-such-repository");
      await expect(first).toContainText(/Degraded · Git operation failed: .*connection refused/);
      expect(await find(page, "GitRepository", "no-such-repository")).toMatchObject({
        status: { status: "Degraded", condition: "FetchFailed", reason: "GitOperationFailed" },
        consumers: [],
      });
    } finally {
      await kubectl(sandbox, ["delete", "gitrepository", "-n", "flux-system", "no-such-repository"]);
    }
    await expect(rowOf(page, "no-such-repository")).toHaveCount(0);
  });

  test("refuse what makes no sense, and take nothing from a page of elsewhere", async ({ page }) => {
    const post = (action: string, headers: Record<string, string>) =>
      page.request.post(`/api/v1/sources/GitRepository/flux-system/billing/actions/${action}`, { data: {}, headers });
    const origin = new URL(page.url() === "about:blank" ? (process.env["DRIFTGLASS_URL"] ?? "") : page.url()).origin;
    expect((await post("resume", { origin })).status()).toBe(409);
    expect((await post("explode", { origin })).status()).toBe(404);
    expect((await post("suspend", { origin: "https://evil.example.com" })).status()).toBe(403);
    expect((await find(page, "GitRepository", "billing"))?.suspended).toBe(false);
  });
});

test.describe("what others see of the sources", () => {
  const everything = async (page: Page, driftglass: Driftglass, who: "viewer" | "team"): Promise<FluxSource[]> => {
    await driftglass.logInAs(who);
    await openSources(page);
    return (await sources(page)).items;
  };

  test("the viewer sees them all and finds the buttons disabled, with the missing permission named", async ({
    page,
    driftglass,
  }) => {
    const items = await everything(page, driftglass, "viewer");
    expect(items.length).toBeGreaterThanOrEqual(11);
    expect(items.flatMap(({ permissions }) => permissions).filter(({ allowed }) => allowed)).toEqual([]);
    const button = page.getByRole("button", { name: "Reconcile doc-router" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await button.hover();
    await expect(
      page
        .getByText("needs patch on gitrepositories.source.toolkit.fluxcd.io in flux-system")
        .filter({ visible: true }),
    ).toBeVisible();
    const origin = new URL(page.url()).origin;
    const answer = await page.request.post("/api/v1/sources/GitRepository/flux-system/doc-router/actions/suspend", {
      data: {},
      headers: { origin },
    });
    expect(answer.status()).toBe(403);
    expect((await find(page, "GitRepository", "doc-router"))?.suspended).toBe(false);
  });

  test("the team sees those of its namespaces and is told that this is not everything", async ({
    page,
    driftglass,
  }) => {
    const items = await everything(page, driftglass, "team");
    expect(new Set(items.map(({ namespace }) => namespace))).toEqual(new Set(["team-a"]));
    expect((await sources(page)).limits.map(({ kind }) => kind)).toContain("GitRepository");
    await expect(page.getByText(/only what is in .*team-a|can't see everything/)).toBeVisible();
    const hidden = await page.request.post("/api/v1/sources/GitRepository/flux-system/billing/actions/refresh", {
      data: {},
      headers: { origin: new URL(page.url()).origin },
    });
    expect(hidden.status()).toBe(404);
  });
});
