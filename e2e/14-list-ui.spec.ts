import { expectedApplications } from "../sandbox/scenario/expected.ts";
import { expect, listens, rows, test, type Driftglass } from "./fixtures.ts";

const degraded = expectedApplications.filter(({ health }) => health === "Degraded");

function field({ page }: Driftglass) {
  return page.getByRole("combobox", { name: "Filter applications" });
}

/** The rows that are applications, without the head and the heads of groups. */
function applications({ page }: Driftglass) {
  return page.getByRole("grid", { name: "Applications" }).locator('[data-key]:not([data-key^="group:"])');
}

test.describe("the list people live in", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("comes with its first rows in the page itself, before any script runs", async ({
    browser,
    page,
    driftglass,
  }) => {
    await driftglass.openList();
    const storageState = await page.context().storageState();
    const context = await browser.newContext({ javaScriptEnabled: false, storageState });
    const plain = await context.newPage();
    await plain.goto(`${new URL(page.url()).origin}/apps?q=health:degraded`);
    // As a row and as a card: which of them shows is decided by the width alone.
    await expect(plain.locator('a[href="/apps/flux-kustomization/flux-system/billing"]').first()).toBeAttached();
    await expect(plain.locator('a[href$="/storefront"]')).toHaveCount(0);
    await context.close();
  });

  test("stands on a phone as it will stand once scripts run: nothing moves", async ({ browser, page, driftglass }) => {
    test.setTimeout(180_000);
    await driftglass.openList();
    const storageState = await page.context().storageState();
    const address = `${new URL(page.url()).origin}/apps`;
    const places = async (javaScriptEnabled: boolean) => {
      const context = await browser.newContext({
        javaScriptEnabled,
        storageState,
        viewport: { width: 390, height: 844 },
      });
      const phone = await context.newPage();
      await phone.goto(address);
      if (javaScriptEnabled) await listens(phone);
      const shown = phone.getByRole("grid", { name: "Applications" }).locator("[data-key]");
      const boxes: string[] = [];
      for (const row of (await shown.all()).slice(0, 8)) {
        // Which application stands there may change meanwhile, the place not.
        await expect(row.getByRole("link").filter({ visible: true })).toHaveCount(1);
        const box = await row.boundingBox();
        boxes.push(`at ${Math.round(box?.y ?? -1)}, ${Math.round(box?.height ?? -1)} high`);
      }
      await expect(phone.getByRole("columnheader").filter({ visible: true })).toHaveCount(0);
      await context.close();
      return boxes;
    };
    const drawn = await places(false);
    expect(drawn).toHaveLength(8);
    expect(drawn[0]).toContain("64 high");
    expect(await places(true)).toEqual(drawn);
  });

  test("is searched by fields, explains a mistake, and keeps the search in the address", async ({
    page,
    driftglass,
  }) => {
    await driftglass.openList();
    await field(driftglass).fill("health:degraded -ns:billing");
    const expected = degraded.filter(({ namespace }) => namespace !== "billing");
    await expect(applications(driftglass)).toHaveCount(expected.length);
    await expect(page).toHaveURL(/[?&]q=health/);
    await field(driftglass).fill("helth:degraded");
    await expect(page.getByText("Do you mean health:?")).toBeVisible();
    await expect(field(driftglass)).toHaveAttribute("aria-invalid", "true");
    await field(driftglass).fill("drift:perhaps");
    await expect(page.getByText("It is one of None, Drifted, Unknown.")).toBeVisible();
  });

  test("is narrowed before it stands in the address, where it is by the time that one goes on", async ({
    page,
    driftglass,
  }) => {
    await driftglass.openList();
    await page.keyboard.press("/");
    await page.keyboard.type("name:notifier");
    await expect(applications(driftglass)).toHaveCount(1);
    await page.keyboard.press("Enter");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/apps\/helm\/team-a\/notifier/);
    await page.goBack();
    await expect(page).toHaveURL(/[?&]q=name:notifier/);
    await expect(field(driftglass)).toHaveValue("name:notifier");
    await expect(applications(driftglass)).toHaveCount(1);
    // Whoever takes another way out has all of them again.
    await page.getByRole("navigation").getByRole("link", { name: "Apps" }).first().click();
    await expect(field(driftglass)).toHaveValue("");
    await expect(applications(driftglass)).not.toHaveCount(1);
  });

  test("offers fields and values while one types, and takes them by keyboard", async ({ page, driftglass }) => {
    await driftglass.openList();
    await page.keyboard.press("/");
    await page.keyboard.type("hea");
    await expect(page.getByRole("option", { name: /^health:/ })).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(field(driftglass)).toHaveValue("health:");
    await page.keyboard.type("deg");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("option", { name: /Degraded/ })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(field(driftglass)).toHaveValue("health:degraded ");
    await expect(applications(driftglass)).toHaveCount(degraded.length);
    // Out one level at a time: the suggestions, the text, the field.
    await page.keyboard.press("Escape");
    await expect(page.getByRole("listbox", { name: "Suggestions" })).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(field(driftglass)).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(field(driftglass)).not.toBeFocused();
  });

  test("puts rows together by namespace, folds a group, and says its worst", async ({ page, driftglass }) => {
    await driftglass.openList();
    await page.getByRole("button", { name: "Group", exact: true }).click();
    await page.getByRole("menuitem", { name: "Namespace", exact: true }).click();
    await expect(page).toHaveURL(/group=namespace/);
    const head = page.locator('[data-key="group:billing"]');
    await expect(head).toContainText("Degraded");
    const fold = head.getByRole("button");
    await expect(fold).toHaveAttribute("aria-expanded", "true");
    await expect(driftglass.row("ledger")).toBeVisible();
    await head.click();
    await expect(fold).toHaveAttribute("aria-expanded", "false");
    await expect(driftglass.row("ledger")).toHaveCount(0);
    await expect(page).toHaveURL(/fold=billing/);
    await driftglass.openList(new URL(page.url()).search);
    await expect(fold).toHaveAttribute("aria-expanded", "false");
  });

  test("puts rows together by what manages them, and by a label", async ({ page, driftglass }) => {
    test.setTimeout(180_000);
    await driftglass.openList();
    await page.getByRole("button", { name: "Group", exact: true }).click();
    await page.getByRole("menuitem", { name: "Owner", exact: true }).click();
    await expect(page).toHaveURL(/group=owner/);
    const head = page.locator('[data-key="group:argocd/small-services"]');
    await expect(head).toContainText("2");
    await head.click();
    await expect(driftglass.row("audit-log")).toHaveCount(0);
    await page
      .getByRole("button", { name: /^Group/ })
      .first()
      .click();
    const label = page.getByRole("menuitem", { name: /[/]/ }).first();
    const name = ((await label.textContent()) ?? "").trim();
    await label.click();
    await expect(page).toHaveURL((url) => url.searchParams.get("group") === `label:${name}`);
    await expect(page.locator('[data-key^="group:"]').first()).toBeVisible();
  });

  test("is sorted by a column, there and back, in the address", async ({ page, driftglass }) => {
    await driftglass.openList();
    const names = async () =>
      (
        await applications(driftglass)
          .getByRole("link")
          .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("/").at(-1) ?? ""))
      ).slice(0, 8);
    const isSorted = async () => {
      const shown = await names();
      return shown.join() === shown.toSorted((one, other) => one.localeCompare(other, "en")).join();
    };
    const head = page.getByRole("columnheader", { name: "Name", exact: true });
    const sort = head.getByRole("button");
    await sort.click();
    await expect(page).toHaveURL(/sort=name/);
    await expect.poll(isSorted).toBe(true);
    const first = (await names())[0];
    await sort.click();
    await expect.poll(async () => (await names())[0]).not.toBe(first);
    await driftglass.openList(new URL(page.url()).search);
    await expect(head).toHaveAttribute("aria-sort", "descending");
  });

  test("remembers the columns that one chose, and shares them", async ({ page, driftglass }) => {
    await driftglass.openList();
    const head = page.getByRole("columnheader");
    await expect(head.filter({ hasText: "Owner" })).toHaveCount(0);
    await page.getByRole("button", { name: "Columns" }).click();
    // Each choice goes through the address, which takes its time.
    await page.getByRole("checkbox", { name: "Owner" }).click();
    await expect(page.getByRole("checkbox", { name: "Owner" })).toBeChecked();
    await page.getByRole("checkbox", { name: "Engine" }).click();
    await expect(page.getByRole("checkbox", { name: "Engine" })).not.toBeChecked();
    await page.keyboard.press("Escape");
    await expect(head.filter({ hasText: "Owner" })).toBeVisible();
    await expect(page).toHaveURL(/columns=name,namespace,revision,reason,sync,drift,owner/);
    await driftglass.openList();
    await expect(head.filter({ hasText: "Owner" })).toBeVisible();
    await expect(head.filter({ hasText: "Engine" })).toHaveCount(0);
  });

  test("shows cards instead of the table", async ({ page, driftglass }) => {
    await driftglass.openList();
    await page.getByRole("button", { name: "Show as cards" }).click();
    await expect(page).toHaveURL(/view=cards/);
    await expect(page.getByRole("columnheader")).toHaveCount(0);
    await expect(driftglass.row("billing")).toContainText("kustomize build failed");
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("keeps a view under a name, goes back to it, finds it in the palette, deletes it and takes that back", async ({
    page,
    driftglass,
  }) => {
    await driftglass.openList("?q=health:degraded&group=engine");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("textbox", { name: "Name of this view" }).fill("Broken by engine");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("list", { name: "Saved views" })).toContainText("Broken by engine");
    await page.keyboard.press("Escape");
    await driftglass.openList();
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name: "Broken by engine", exact: true }).click();
    await expect(page).toHaveURL(/group=engine/);
    await expect(applications(driftglass)).toHaveCount(degraded.length);
    await driftglass.openList();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Application, namespace or page" }).fill("broken by");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/group=engine/);
    await page.getByRole("button", { name: "Broken by engine" }).click();
    await page.getByRole("button", { name: "Delete Broken by engine" }).click();
    await expect(page.getByRole("button", { name: "Views" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("button", { name: "Broken by engine" }).first()).toBeVisible();
  });

  test("previews one action on many, leaves out what can't be done, and does nothing unasked", async ({
    page,
    driftglass,
  }) => {
    await driftglass.openList("?q=name:doc-router");
    const before = await rows(page.request);
    await driftglass.row("doc-router-staging").getByRole("checkbox").check();
    await driftglass.row("doc-router-production").getByRole("checkbox").check();
    const bar = page.getByRole("region", { name: "Selected applications" });
    await expect(bar).toContainText("2 selected");
    await bar.getByRole("button", { name: /^Select all/ }).click();
    await bar.getByRole("button", { name: "Suspend…" }).click();
    const dialog = page.getByRole("dialog");
    // Whatever can't be suspended (a Helm release has no controller) is named with the reason; the others are offered.
    await expect(dialog.getByRole("button", { name: /^Suspend \d+ application/ })).toBeEnabled({ timeout: 60_000 });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expect(dialog.getByRole("list", { name: "Applications" }).getByRole("listitem").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    const after = await rows(page.request);
    for (const [key, row] of before) expect(after.get(key)?.suspended).toBe(row.suspended);
    await page.keyboard.press("Escape");
    await expect(bar).toHaveCount(0);
  });

  test("refreshes several by keyboard alone, and tells how far each has come", async ({ page, driftglass }) => {
    await driftglass.openList("?q=engine:argocd health:healthy");
    const listed = await applications(driftglass).count();
    expect(listed).toBeGreaterThan(1);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    const bar = page.getByRole("region", { name: "Selected applications" });
    await expect(bar).toContainText("2 selected");
    await bar.getByRole("button", { name: "Refresh…" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    const go = dialog.getByRole("button", { name: "Refresh 2 applications" });
    await expect(go).toBeEnabled({ timeout: 60_000 });
    await go.focus();
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("2 requested")).toBeVisible({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Done" }).focus();
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
  });

  test("says to whoever may not that they may not, one by one", async ({ page, driftglass }) => {
    await driftglass.logInAs("viewer");
    await driftglass.openList("?q=engine:flux health:healthy");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Suspend…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/Left out: /)).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByRole("button", { name: /^Suspend 0/ })).toHaveAttribute("aria-disabled", "true");
  });
});
