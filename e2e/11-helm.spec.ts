import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Reason } from "#lib/model/application.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { run } from "../sandbox/scenario/tools/run.ts";
import { expect, rows, sandbox, test } from "./fixtures.ts";

const namespace = "helm-page";
const probe = { engine: "helm", namespace, name: "probe" } as const;
const key = "helm/helm-page/probe";

/** A release of this test's own, with a test that passes. */
const chart: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: probe\nversion: 1.0.0\n",
  "templates/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: probe}\ndata: {words: hello}\n",
  "templates/kept.yaml":
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: probe-kept, annotations: {helm.sh/resource-policy: keep}}\n",
  "templates/test.yaml": `apiVersion: batch/v1
kind: Job
metadata: {name: probe-answers, annotations: {helm.sh/hook: test}}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{name: answers, image: registry.example.com/house/probe:1}]
`,
};

test.describe("Helm releases", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("say why an upgrade failed: the hook, its Pod, the exit code", async ({ page, driftglass }) => {
    const ledger = { engine: "helm", namespace: "billing", name: "ledger" } as const;
    const reasonOf = async (): Promise<Reason | undefined> =>
      (await rows(page.request))
        .get("helm/billing/ledger")
        ?.reasons.find(({ text }) => text.startsWith("pre-upgrade hook Job/ledger-migration"));
    await expect
      .poll(reasonOf, { timeout: 30_000 })
      .toMatchObject({ ref: { kind: "Pod" }, text: expect.stringMatching(/failed: .*exit(?: code)? 1/) });
    await driftglass.open(ledger);
    await expect(page.getByText(/pre-upgrade hook Job\/ledger-migration failed/).first()).toBeVisible();
  });

  test.describe("of one's own", () => {
    test.setTimeout(180_000);
    test.beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), "driftglass-probe-"));
      for (const [name, text] of Object.entries(chart)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      await run(sandbox, "helm", ["upgrade", "--install", "probe", folder, "-n", namespace, "--create-namespace"]);
      rmSync(folder, { recursive: true });
    });
    test.afterAll(async () => {
      await kubectl(sandbox, ["delete", "namespace", namespace, "--timeout=60s", "--ignore-not-found"]);
    });

    test("are tested from their page: each Pod's verdict is shown", async ({ page, driftglass }) => {
      await expect.poll(async () => (await rows(page.request)).has(key), { timeout: 30_000 }).toBe(true);
      await expect(async () => await driftglass.open(probe)).toPass({ timeout: 60_000 });
      await page.getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menuitem", { name: "Run the tests…" }).click();
      const dialog = page.getByRole("dialog", { name: "Test probe" });
      await expect(dialog.getByText("One test of revision 1 of probe would run")).toBeVisible({ timeout: 20_000 });
      await dialog.getByRole("button", { name: "Run the tests" }).click();
      await expect(dialog.getByText(/^The test of revision 1 of .* passed\.$/)).toBeVisible({ timeout: 60_000 });
      await expect(dialog.getByText(/^Pod\/probe-answers-/)).toBeVisible();
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await expect(dialog).toHaveCount(0);
    });

    test("are uninstalled after a look at what is deleted and what stays", async ({ page, driftglass }) => {
      await expect.poll(async () => (await rows(page.request)).has(key), { timeout: 30_000 }).toBe(true);
      await expect(async () => await driftglass.open(probe)).toPass({ timeout: 60_000 });
      await page.getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menuitem", { name: "Uninstall…" }).click();
      const dialog = page.getByRole("dialog", { name: "Uninstall probe" });
      await expect(dialog.getByText("One object is deleted:")).toBeVisible({ timeout: 20_000 });
      await expect(
        dialog.getByText(/^These stay because they ask to be kept .*ConfigMap\/probe-kept\.$/),
      ).toBeVisible();
      const confirm = dialog.getByRole("button", { name: /^Uninstall/ });
      await expect(confirm).not.toBeFocused();
      await confirm.click();
      await expect.poll(async () => (await rows(page.request)).has(key), { timeout: 60_000 }).toBe(false);
      const { stdout } = await kubectl(sandbox, ["get", "configmaps", "-n", namespace, "-o", "name"]);
      expect(stdout.split("\n")).toContain("configmap/probe-kept");
      expect(stdout.split("\n")).not.toContain("configmap/probe");
    });
  });
});
