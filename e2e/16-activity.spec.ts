import type { ActivityList } from "#lib/api/activity-contract.ts";
import type { Page } from "@playwright/test";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { seriousFindings, tooWide } from "./accessibility.ts";
import { api, expect, rows, sandbox, test } from "./fixtures.ts";

const catalog = { engine: "argocd", namespace: "argocd", name: "catalog" } as const;
const dns = { engine: "helm", namespace: "platform", name: "legacy-dns" } as const;

const entries = (page: Page) => page.locator("main [data-entry]");

async function openActivity(page: Page, query = ""): Promise<void> {
  await page.goto(`/activity${query}`);
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
  await expect(entries(page).first()).toBeVisible({ timeout: 30_000 });
}

/** The first Deployment of a release, for what is done to it by hand. */
async function deploymentOf(release: { namespace: string; name: string }): Promise<string> {
  const selector = `app.kubernetes.io/instance=${release.name}`;
  const path = "jsonpath={.items[0].metadata.name}";
  return (await kubectl(sandbox, ["get", "deployment", "-n", release.namespace, "-l", selector, "-o", path])).stdout;
}

test.describe("the activity of the fleet", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("is narrowed in the page's address, and goes back page by page without a gap", async ({ page }) => {
    await openActivity(page);
    await page.getByRole("combobox", { name: "Kinds" }).selectOption("deployment");
    await page.getByRole("combobox", { name: "Engines" }).selectOption("helm");
    // Once it is drawn: until then the router may show the address of the first choice again.
    await expect(entries(page).filter({ hasNotText: "Helm" })).toHaveCount(0);
    await expect(page).toHaveURL(/kind=deployment&engine=helm/);
    await page.reload();
    await expect(entries(page).first()).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Engines" })).toHaveValue("helm");
    await expect(entries(page).filter({ hasNotText: "Helm" })).toHaveCount(0);

    const query = "/api/v1/activity?kind=deployment&engine=helm";
    const whole = await api<ActivityList>(page.request, `${query}&limit=500`);
    const seen: string[] = [];
    for (let before = ""; ;) {
      const { items, next } = await api<ActivityList>(
        page.request,
        `${query}&limit=3&before=${encodeURIComponent(before)}`,
      );
      seen.push(...items.map(({ id }) => id));
      if (next === undefined) break;
      before = next;
    }
    expect(seen).toEqual(whole.items.map(({ id }) => id));
    expect(seen.length).toBe(whole.total);
  });

  test("keeps every choice of several in quick succession", async ({ page }) => {
    await openActivity(page);
    await page.evaluate(async () => {
      const choose = (name: string, value: string) => {
        const select = document.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`);
        if (!select) throw new Error(`no ${name}`);
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      };
      choose("Kinds", "deployment");
      await new Promise((resolve) => setTimeout(resolve, 30));
      choose("Engines", "helm");
      const first = () => !location.search.includes("engine=helm");
      // When the router shows the first choice's address again, if it does.
      for (let tries = 0; tries < 100 && !first(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 2));
      choose("Outcomes", "succeeded");
    });
    await expect(page.getByRole("combobox", { name: "Outcomes" })).toHaveValue("succeeded");
    await expect(entries(page).filter({ hasNotText: "Helm" })).toHaveCount(0);
    await expect(page).toHaveURL(/kind=deployment&engine=helm&result=succeeded/);
  });

  test("shows an action as it is taken, with who and why, and keeps it for others in the cluster's Events", async ({
    page,
    driftglass,
  }) => {
    await openActivity(page, "?kind=action");
    const reason = `a look at ${Date.now()}`;
    const { status, body } = await driftglass.act(catalog, "refresh", { reason });
    expect(status, JSON.stringify(body)).toBe(200);
    const entry = entries(page).filter({ hasText: reason });
    await expect(entry).toContainText("Refresh requested", { timeout: 30_000 });
    await expect(entry).toContainText("admin");
    // Nobody waits for the Event to be written.
    const kept = async () =>
      (
        await kubectl(sandbox, [
          "get",
          "events",
          "-n",
          catalog.namespace,
          "--field-selector",
          "reportingComponent=driftglass,reason=RefreshAccepted",
          "-o",
          "jsonpath={.items[*].metadata.annotations.driftglass\\.io/reason}",
        ])
      ).stdout;
    await expect.poll(kept).toContain(reason);
  });

  test("tells who made something drift, and when it was gone; the drift page puts it to those who did it by hand", async ({
    page,
  }) => {
    const deployment = await deploymentOf(dns);
    const drifted = async () => (await rows(page.request)).get(`helm/${dns.namespace}/${dns.name}`)?.drift.status;
    await expect.poll(drifted).toBe("None");
    const before = (
      await kubectl(sandbox, ["get", "deployment", deployment, "-n", dns.namespace, "-o", "jsonpath={.spec.replicas}"])
    ).stdout;
    await page.goto("/drift?group=manager");
    const patch = (replicas: number) =>
      kubectl(sandbox, [
        "patch",
        "deployment",
        deployment,
        "-n",
        dns.namespace,
        "-p",
        `{"spec":{"replicas":${replicas}}}`,
      ]);
    await patch(Number(before) + 3);
    const group = page.getByRole("region", { name: "kubectl patch" });
    const row = group.getByRole("listitem").filter({ hasText: dns.name });
    await expect(row).toContainText("spec.replicas", { timeout: 30_000 });
    await expect(group).toContainText("by hand");

    await row.getByRole("checkbox").click();
    await page.getByRole("region", { name: "Selected applications" }).getByRole("button", { name: /^Sync/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Sync 1 application/ }).click({ timeout: 40_000 });
    await expect(dialog.getByText(/Requested/)).toBeVisible({ timeout: 40_000 });
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(row).toHaveCount(0, { timeout: 30_000 });

    const application = encodeURIComponent(`helm/${dns.namespace}/${dns.name}`);
    await expect
      .poll(async () =>
        (await api<ActivityList>(page.request, `/api/v1/activity?kind=drift&application=${application}`)).items
          .slice(0, 2)
          .map(({ result, by }) => [result, by]),
      )
      .toEqual([
        ["corrected", undefined],
        ["drifted", "kubectl-patch"],
      ]);
  });

  test("stands between an application's deployments in its history, which shows what each of them changed", async ({
    page,
    driftglass,
  }) => {
    await driftglass.open({ engine: "helm", namespace: "platform", name: "legacy-dns" }, "history");
    const history = page.getByRole("list", { name: "Revisions, newest first" });
    await expect(
      history
        .getByRole("listitem")
        .filter({ hasText: /Sync requested/ })
        .first(),
    ).toBeVisible();
    await page.getByRole("checkbox", { name: "Deployments only" }).click();
    await expect(page).toHaveURL(/only=deployments/);
    await expect(history.getByRole("listitem").filter({ hasText: /Sync requested/ })).toHaveCount(0);
    await history.getByRole("button", { name: "What 2 changed" }).click();
    await expect(page).toHaveURL((url) => url.searchParams.get("from") === "1" && url.searchParams.get("to") === "2");
    await expect(page.getByRole("region", { name: "Comparison" })).toBeVisible();
  });

  test("is walked with j and k, and Enter opens what an entry is about", async ({ page }) => {
    await openActivity(page, "?kind=deployment&engine=argocd");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await expect(entries(page).first().getByRole("link")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/apps\/argocd\//);
  });

  for (const theme of ["light", "dark"] as const) {
    test(`has nothing serious for axe in ${theme}, and fits a phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const path of ["/activity", "/drift?group=age"]) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(path);
        await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
        expect(await seriousFindings(page)).toEqual([]);
        await page.setViewportSize({ width: 390, height: 844 });
        expect(await tooWide(page)).toEqual([]);
      }
    });
  }
});

test("a person of one team is told nothing of other teams", async ({ page, driftglass }) => {
  await driftglass.logInAs("team");
  await expect.poll(async () => (await api<ActivityList>(page.request, "/api/v1/activity")).total).toBeGreaterThan(0);
  const { items, people } = await api<ActivityList>(page.request, "/api/v1/activity?limit=500");
  const own = new Set([...(await rows(page.request)).values()].map(({ namespace }) => namespace));
  expect(own).toContain("team-a");
  expect(own).not.toContain("shop");
  expect(items.filter(({ application, about }) => !own.has((application ?? about)?.namespace ?? ""))).toEqual([]);
  expect(people).not.toContain("jonas.beck");
});
