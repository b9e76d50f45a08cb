import type { Locator } from "@playwright/test";
import type { Diff } from "#lib/api/diff-contract.ts";
import type { History } from "#lib/api/application-contract.ts";
import { api, expect, test, type Driftglass } from "./fixtures.ts";

const release = { engine: "helm", namespace: "billing", name: "ledger" } as const;
const path = `/api/v1/applications/${release.engine}/${release.namespace}/${release.name}`;

test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

/** The first and the newest revision that can be compared: between the last two nothing but a hook may have changed. */
async function twoRevisions(request: Parameters<typeof api>[0]): Promise<[from: string, to: string]> {
  const { items } = await api<History>(request, `${path}/history`);
  const known = items.filter(({ comparable }) => comparable !== false);
  return [known.at(-1)?.id ?? "", known[0]?.id ?? ""];
}

/** Opens the comparison of two revisions, with the changes of its first object. */
async function openChanges(driftglass: Driftglass): Promise<{ comparison: Locator; changes: Locator }> {
  const { page } = driftglass;
  const [from, to] = await twoRevisions(page.request);
  await driftglass.open(release, `history&from=${from}&to=${to}`);
  const comparison = page.getByRole("region", { name: "Comparison" });
  await comparison
    .getByRole("button", { name: /Changed$/ })
    .first()
    .click();
  return { comparison, changes: comparison.getByRole("region", { name: /^Changes of/ }).first() };
}

test("a comparison is laid out in one column or two, with what changed marked, and is downloaded as a patch", async ({
  page,
  driftglass,
}) => {
  const { comparison, changes } = await openChanges(driftglass);
  await expect(changes).toContainText("+");
  await comparison.getByRole("button", { name: "Side by side" }).click();
  await expect(changes).toBeVisible();
  const download = page.waitForEvent("download");
  await comparison.getByRole("button", { name: "Download as a patch" }).click();
  expect((await download).suggestedFilename()).toMatch(/^ledger-.*\.patch$/);
});

test("unchanged parts are folded and open on a click", async ({ driftglass }) => {
  const { changes } = await openChanges(driftglass);
  const fold = changes.getByRole("button", { name: /unchanged lines/ });
  const folds = await fold.count();
  expect(folds).toBeGreaterThan(0);
  await fold.first().click();
  await expect(fold).toHaveCount(folds - 1);
});

test("what an ignore rule leaves out is no drift, and is shown with the rule", async ({ page, driftglass }) => {
  const unit = { engine: "argocd", namespace: "argocd", name: "audit-log" } as const;
  await driftglass.open(unit, "drift");
  await expect(page.getByRole("tabpanel")).toContainText("Nothing has drifted");
  const rules = page.getByRole("region", { name: "Ignore rules" });
  await expect(rules.getByRole("listitem")).toContainText(/\/spec\/replicas.*Deployment.*audit-log/);
  const hidden = rules.getByRole("region", { name: /^Hidden in .*audit-log/ });
  await expect(hidden.getByRole("row").last()).toHaveText(/^spec\.replicas.*1.*2.*kubectl/);

  // The same beside the resource itself.
  const key = encodeURIComponent("apps/Deployment/shop/audit-log");
  await driftglass.open(unit, `resources&resource=${key}&show=diff`);
  await expect(page.getByRole("dialog").getByRole("region", { name: "Ignore rules" })).toContainText("spec.replicas");
});

/** etcd takes no object of this size: the answer is made bigger on its way to the page. */
function fiveMegabytes(): { from: string; to: string } {
  const lines = Array.from({ length: 100_000 }, (_, index) => `  key-${index}: ${"value ".repeat(7)}${index}`);
  const from = `data:\n${lines.join("\n")}\n`;
  return { from, to: from.replace("key-50000: value", "key-50000: other") };
}

test("five megabytes are compared in a worker, and of them only the lines in sight are drawn", async ({
  page,
  driftglass,
}) => {
  const [from, to] = await twoRevisions(page.request);
  const big = fiveMegabytes();
  expect(big.from.length).toBeGreaterThan(5_000_000);
  const diff: Diff = {
    from,
    to,
    objects: [{ ref: { group: "", kind: "ConfigMap", namespace: "billing", name: "big" }, change: "changed", ...big }],
  };
  await page.route(`**${path}/diff?*`, (route) => route.fulfill({ json: diff }));
  const worker = page.waitForEvent("worker");
  await driftglass.open(release, `history&from=${from}&to=${to}`);
  const comparison = page.getByRole("region", { name: "Comparison" });
  await comparison.getByRole("button", { name: /ConfigMap.*Changed$/ }).click();
  await worker;
  const changes = comparison.getByRole("region", { name: "Changes of ConfigMap big" });
  await expect(changes).toContainText("key-50000: other");
  await expect(changes.getByRole("button", { name: /unchanged lines/ })).toHaveCount(2);

  // Fifty thousand lines come out of each fold.
  await changes
    .getByRole("button", { name: /unchanged lines/ })
    .first()
    .click();
  const rows = changes.locator("[data-index]");
  await expect(rows.first()).toContainText("data:");
  expect(await rows.count()).toBeLessThan(200);
  await changes.evaluate((area) => area.scrollTo({ top: area.scrollHeight }));
  await expect(changes).toContainText("key-50000: other");
  expect(await rows.count()).toBeLessThan(200);
});
