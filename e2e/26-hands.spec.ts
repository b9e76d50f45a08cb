import type { Page } from "@playwright/test";
import { helmHistory, kubectl } from "../sandbox/scenario/actions.ts";
import { tooWide } from "./accessibility.ts";
import { expect, rows, sandbox, test } from "./fixtures.ts";
import { run } from "../sandbox/scenario/tools/run.ts";
import { tabTo } from "./keyboard.ts";

const relay = { engine: "helm", namespace: "platform", name: "metrics-relay" } as const;
const dns = { engine: "helm", namespace: "platform", name: "legacy-dns" } as const;

/** Numbers of the newest revision, and of the newest one before it that was whole and made something else, by Helm itself. */
async function lastAndOther(): Promise<[last: number, other: number]> {
  const history = (await helmHistory(sandbox, relay.namespace, relay.name)).toReversed();
  const [last, ...earlier] = history;
  const manifest = async (revision = 0): Promise<string> =>
    (await run(sandbox, "helm", ["get", "manifest", relay.name, "-n", relay.namespace, `--revision=${revision}`]))
      .stdout;
  const made = await manifest(last?.revision);
  for (const { revision, status } of earlier)
    if (status === "superseded" && (await manifest(revision)) !== made) return [last?.revision ?? 0, revision];
  throw new Error(`${relay.name} has no revision that made something else`);
}

async function expectRolledBack(from: number, to: number): Promise<void> {
  const newest = async () => (await helmHistory(sandbox, relay.namespace, relay.name)).at(-1);
  await expect
    .poll(newest, { timeout: 60_000 })
    .toMatchObject({ revision: from + 1, status: "deployed", description: `Rollback to ${to}` });
}

const drift = async (page: Page) =>
  (await rows(page.request)).get(`${dns.engine}/${dns.namespace}/${dns.name}`)?.drift.status;

test.describe("on a phone, by touch", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  /* What could not be undone by touch is not left to those that come after. */
  test.afterEach(async ({ page, driftglass }) => {
    if ((await drift(page)) !== "Drifted") return;
    await driftglass.act(dns, "sync", {});
    await expect.poll(() => drift(page), { timeout: 60_000 }).toBe("None");
  });

  test("drift is undone after a look at the preview, and the page tells how it went", async ({ page, driftglass }) => {
    test.setTimeout(180_000);
    const selector = `app.kubernetes.io/instance=${dns.name}`;
    await expect.poll(() => drift(page), { timeout: 60_000 }).toBe("None");
    await kubectl(sandbox, ["scale", "deployment", "-n", dns.namespace, "-l", selector, "--replicas=5"]);
    await expect.poll(() => drift(page), { timeout: 60_000 }).toBe("Drifted");
    await driftglass.openList(`?q=name:${dns.name}`);
    await driftglass.row(dns.name).tap();
    await page.getByRole("button", { name: "Sync…", exact: true }).tap();
    // By name: what is said at the corner is a dialog, too.
    const dialog = page.getByRole("dialog", { name: `Sync ${dns.name}` });
    await expect(dialog).toContainText(/1 changed/, { timeout: 60_000 });
    expect(await tooWide(page)).toEqual([]);
    await dialog.getByRole("button", { name: /^Sync 1 change/ }).tap();
    await expect(dialog).toHaveCount(0, { timeout: 60_000 });
    await expect(page.getByRole("status").filter({ hasText: "Sync: the cluster has changed" })).toBeVisible({
      timeout: 60_000,
    });
    await expect.poll(() => drift(page), { timeout: 60_000 }).toBe("None");
    expect(await tooWide(page)).toEqual([]);
  });

  test("an application is opened from the list, and a revision of it is brought back", async ({ page, driftglass }) => {
    test.setTimeout(180_000);
    const [last, other] = await lastAndOther();
    await driftglass.openList(`?q=name:${relay.name}`);
    await driftglass.row(relay.name).tap();
    await page.getByRole("button", { name: "Roll back…", exact: true }).tap();
    const revisions = page.getByRole("list", { name: "Revisions, newest first" });
    await revisions.getByRole("button", { name: `Roll back to ${other}`, exact: true }).tap();
    const dialog = page.getByRole("dialog", { name: /^Roll back to/ });
    const confirm = dialog.getByRole("button", { name: /^Roll back/ });
    await expect(confirm).toBeEnabled({ timeout: 60_000 });
    await expect(dialog.getByRole("status")).toContainText(/chang/i, { timeout: 60_000 });
    expect(await tooWide(page)).toEqual([]);
    await confirm.tap();
    await expect(dialog).toHaveCount(0, { timeout: 60_000 });
    await expectRolledBack(last, other);
    await expect(revisions.getByRole("button", { name: `Roll back to ${last + 1}`, exact: true })).toBeVisible({
      timeout: 60_000,
    });
  });
});

test("the keyboard alone brings a revision back, after a look at what that changes", async ({ page, driftglass }) => {
  test.setTimeout(180_000);
  await driftglass.logInAs("admin");
  const [last, other] = await lastAndOther();
  await driftglass.openList();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Application, namespace or page" })).toBeFocused();
  await page.keyboard.type(relay.name);
  await expect(page.getByRole("option", { selected: true })).toContainText(relay.name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: relay.name })).toBeVisible({ timeout: 45_000 });
  await page.keyboard.press("r");
  await expect(page.getByRole("tab", { name: "History", selected: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "Revisions, newest first" })).toBeVisible();
  await tabTo(page, new RegExp(`^Roll back to ${other}$`));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Roll back to/ });
  await expect(dialog.getByRole("status")).toContainText(/chang/i, { timeout: 60_000 });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await tabTo(page, /^Roll back/);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await expectRolledBack(last, other);
});

test("a revision is copied whole, and a time says exactly when", async ({ page, driftglass }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await driftglass.logInAs("admin");
  const unit = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-production" } as const;
  await driftglass.open(unit);
  const applied = (await rows(page.request)).get(`${unit.engine}/${unit.namespace}/${unit.name}`)?.revision.applied;
  await page
    .getByRole("button", { name: /^Copy revision main@[0-9a-f]{7}$/ })
    .first()
    .click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(applied);
  await expect(page.locator("main time").first()).toHaveAttribute("title", /20\d\d.*\d:\d\d:\d\d/);
});

test("the connection is catching up until changes arrive, then it is live", async ({ page, driftglass }) => {
  await driftglass.logInAs("admin");
  const { promise, resolve: letGo } = Promise.withResolvers<undefined>();
  await page.route("**/api/v1/events*", async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto("/apps");
  const connection = page.getByRole("banner").getByRole("button", { name: /Live|Disconnected|Catching up/ });
  await expect(connection).toContainText("Catching up", { timeout: 45_000 });
  letGo(undefined);
  await expect(connection).toContainText("Live", { timeout: 45_000 });
});
