import { join } from "node:path";
import { startDashboard, type Dashboard } from "../sandbox/dashboard.ts";
import { getObject, kubectl } from "../sandbox/scenario/actions.ts";
import { field } from "../sandbox/scenario/tools/objects.ts";
import { expectTruth } from "./faults/cluster-truth.ts";
import { clockOff } from "./faults/clock.ts";
import { logIn } from "./faults/faulty-dashboard.ts";
import { expect, listens, login, rowOf, sandbox, test } from "./fixtures.ts";

const kind = "kustomizations.kustomize.toolkit.fluxcd.io";
const portal = { namespace: "team-a", name: "portal" } as const;
const minutes = 60_000;

async function suspend(yes: boolean): Promise<void> {
  const patch = JSON.stringify({ spec: { suspend: yes } });
  await kubectl(sandbox, ["patch", kind, portal.name, "-n", portal.namespace, "--type=merge", "-p", patch]);
}

test.describe("clocks that differ", () => {
  test.afterAll(() => suspend(false));

  for (const [name, off] of [
    ["ahead of the cluster's", 20 * minutes],
    ["behind the cluster's", -20 * minutes],
  ] as const)
    test(`the server's ${name}: people log in, see what is so, and what they ask for is done`, async () => {
      test.setTimeout(240_000);
      const log = join(sandbox.stateDirectory, "logs", "clocks.log");
      const own: Dashboard = await startDashboard(sandbox, log, undefined, {
        ...clockOff(off),
        DRIFTGLASS_RECORDS: "off",
      });
      try {
        const person = await logIn(own.url, login("admin"));
        await expectTruth(sandbox, person.list);
        const { since } = (await person.list()).connection;
        expect(Math.abs(Date.parse(since) - Date.now() - off)).toBeLessThan(5 * minutes);
        const handled = async (): Promise<unknown> =>
          field(await getObject(sandbox, kind, portal.namespace, portal.name), "status.lastHandledReconcileAt");
        const before = await handled();
        const { status, body } = await person.act(`flux-kustomization/${portal.namespace}/${portal.name}`, "sync", {});
        expect(status, JSON.stringify(body)).toBe(200);
        await expect.poll(handled, { timeout: 60_000 }).not.toBe(before);
        const operation = async (): Promise<string | undefined> =>
          (await person.list()).items.find((row) => row.name === portal.name && row.namespace === portal.namespace)
            ?.operation?.phase;
        await expect.poll(operation, { timeout: 60_000 }).not.toBe("Running");
        await expectTruth(sandbox, person.list);
        await person.logOut();
      } finally {
        await own.stop();
      }
    });

  for (const [name, off] of [
    ["ahead", 180 * minutes],
    ["behind", -180 * minutes],
  ] as const)
    test(`a browser's three hours ${name}: it follows the cluster, and nothing lies in the future`, async ({
      page,
      driftglass,
    }) => {
      await page.clock.setSystemTime(new Date(Date.now() + off));
      await driftglass.logInAs("admin");
      await page.goto("/apps?q=portal");
      await listens(page);
      const row = rowOf(page, portal.name);
      await expect(row).toBeVisible({ timeout: 45_000 });
      await suspend(true);
      await expect(row).toContainText("Suspended", { timeout: 45_000 });
      await suspend(false);
      await expect(row).not.toContainText("Suspended", { timeout: 45_000 });
      await expect(page.getByRole("button", { name: /^Live/ })).toBeVisible({ timeout: 45_000 });
      expect(await page.locator("body").innerText()).not.toMatch(/-\d+ (s|min|h|d)\b|NaN|Invalid Date/);
    });
});
