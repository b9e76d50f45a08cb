import type { History } from "#lib/api/application-contract.ts";
import { helmHistory } from "../sandbox/scenario/actions.ts";
import { api, expect, rows, sandbox, test } from "./fixtures.ts";

const relay = { engine: "helm", namespace: "platform", name: "metrics-relay" } as const;
const flags = { engine: "helm", namespace: "doc-router-staging", name: "feature-flags" } as const;

test.describe("Helm history and rollback", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  for (const { namespace, name, driver } of [
    { namespace: "platform", name: "metrics-relay", driver: "secret" },
    { namespace: "billing", name: "ledger", driver: "secret" },
    { namespace: "search", name: "query-cache", driver: "secret" },
    { namespace: "platform", name: "legacy-dns", driver: "secret" },
    { namespace: "team-a", name: "notifier", driver: "secret" },
    { namespace: "doc-router-staging", name: "feature-flags", driver: "configmap" },
  ] as const) {
    test(`of ${name} is what \`helm history\` says (${driver})`, async ({ page }) => {
      const { items } = await api<History>(page.request, `/api/v1/applications/helm/${namespace}/${name}/history`);
      const told = items.map(({ id, status, chart, appVersion, message }) => ({
        revision: Number(id),
        status,
        chart,
        app_version: appVersion,
        description: message,
      }));
      const helm = (await helmHistory(sandbox, namespace, name, driver)).toReversed();
      expect(told).toEqual(
        helm.map(({ revision, status, chart, app_version, description }) => ({
          revision,
          status,
          chart,
          app_version,
          description,
        })),
      );
    });
  }

  test("compares two revisions, and rolls back to an earlier one: `helm history` agrees", async ({
    page,
    driftglass,
  }) => {
    const before = await helmHistory(sandbox, relay.namespace, relay.name);
    const current = before.at(-1)?.revision ?? 0;
    await driftglass.open(relay, "history");
    const revisions = page.getByRole("list", { name: "Revisions, newest first" });
    await expect(revisions.getByRole("button", { name: /^Roll back to/ })).toHaveCount(before.length);
    await revisions.getByRole("checkbox", { name: "Compare 2" }).click();
    await revisions.getByRole("checkbox", { name: "Compare 4" }).click();
    await expect(page).toHaveURL((url) => url.searchParams.get("from") === "2" && url.searchParams.get("to") === "4");
    await expect(page.getByText("User-supplied values").first()).toBeVisible();
    await revisions.getByRole("button", { name: "Roll back to 4" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("status")).toContainText(/chang/i);
    const confirm = dialog.getByRole("button", { name: /^Roll back/ });
    await expect(confirm).not.toBeFocused();
    await confirm.click();
    await expect(dialog).toHaveCount(0, { timeout: 40_000 });
    await expect(revisions.getByRole("button", { name: /^Roll back to/ })).toHaveCount(before.length + 1);
    const after = await helmHistory(sandbox, relay.namespace, relay.name);
    expect(after.at(-1)).toMatchObject({ revision: current + 1, status: "deployed", description: "Rollback to 4" });
    await expect
      .poll(async () => (await rows(page.request)).get("helm/platform/metrics-relay")?.revision.applied)
      .toBe(String(current + 1));
  });

  test("rolls back a release that is stored in ConfigMaps", async ({ driftglass }) => {
    const { status, body } = await driftglass.act(flags, "rollback", { revision: "1" });
    expect({ status, accepted: body["accepted"] }, JSON.stringify(body)).toEqual({ status: 200, accepted: true });
    const after = await helmHistory(sandbox, flags.namespace, flags.name, "configmap");
    expect(after.at(-1)).toMatchObject({ status: "deployed", description: "Rollback to 1" });
  });

  test("changes nothing in a preview", async ({ driftglass }) => {
    const before = await helmHistory(sandbox, relay.namespace, relay.name);
    const { status, body } = await driftglass.act(relay, "rollback", { revision: "2", preview: true });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body["preview"]).toBe(true);
    expect((body["changes"] as unknown[]).length).toBeGreaterThan(0);
    expect(await helmHistory(sandbox, relay.namespace, relay.name)).toEqual(before);
  });

  test("gets a release out of pending-upgrade", async ({ driftglass }) => {
    const { status, body } = await driftglass.act(
      { engine: "helm", namespace: "search", name: "query-cache" },
      "rollback",
      { revision: "1" },
    );
    expect(status, JSON.stringify(body)).toBe(200);
    expect((await helmHistory(sandbox, "search", "query-cache")).at(-1)).toMatchObject({
      status: "deployed",
      description: "Rollback to 1",
    });
  });
});
