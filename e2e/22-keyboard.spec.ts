import type { Page } from "@playwright/test";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { expect, rows, sandbox, test } from "./fixtures.ts";
import { tabTo } from "./keyboard.ts";

const release = { engine: "helm", namespace: "platform", name: "legacy-dns" } as const;
const health = async (page: Page) =>
  (await rows(page.request)).get(`${release.engine}/${release.namespace}/${release.name}`)?.health.status;

/* What could not be mended here is not left to those that come after. */
test.afterEach(async ({ page, driftglass }) => {
  if ((await health(page)) === "Healthy") return;
  await driftglass.act(release, "sync", {});
  await expect.poll(() => health(page), { timeout: 60_000 }).toBe("Healthy");
});

test("the keyboard alone finds what is broken, its cause and the difference, and mends it", async ({
  page,
  driftglass,
}) => {
  test.setTimeout(240_000);
  await driftglass.logInAs("admin");
  await expect.poll(() => health(page), { timeout: 60_000 }).toBe("Healthy");
  await driftglass.openList();
  const selector = `app.kubernetes.io/instance=${release.name}`;
  await kubectl(sandbox, ["delete", "deployment", "-n", release.namespace, "-l", selector]);
  await expect.poll(() => health(page), { timeout: 60_000 }).toBe("Missing");
  // Who can't see it is told.
  await expect(page.getByRole("status").filter({ hasText: `${release.name} is now Missing` })).toBeAttached();

  // What is broken, and why, stands in its row.
  await page.keyboard.press("/");
  await page.keyboard.type(`health:missing ns:${release.namespace}`);
  await page.keyboard.press("Enter");
  const row = driftglass.row(release.name);
  await expect(row).toBeVisible();
  await expect(row).toContainText("Deployment");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");

  // The cause, then the difference.
  await expect(page.getByRole("heading", { level: 1, name: release.name })).toBeVisible();
  await expect(page.getByRole("tabpanel")).toContainText(/Deployment.*(missing|not in the cluster)/i);
  await page.keyboard.press("d");
  await expect(page.getByRole("tab", { name: /^Drift/, selected: true })).toBeVisible();
  await expect(page.getByRole("tabpanel").getByRole("button", { name: /Deployment.*Missing$/ })).toBeVisible({
    timeout: 40_000,
  });

  // The way to mend it is shown before it is taken.
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: /^Sync/ })).toBeEnabled({ timeout: 60_000 });
  await expect(dialog).toContainText(/1 added/);
  await tabTo(page, /^Sync/);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await expect.poll(() => health(page), { timeout: 60_000 }).toBe("Healthy");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible();
});
