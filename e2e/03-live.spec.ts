import { getObject, kubectl, pushCommit, readCommitted, repeatDrift, scale } from "../sandbox/scenario/actions.ts";
import { expectedApplications } from "../sandbox/scenario/expected.ts";
import { field } from "../sandbox/scenario/tools/objects.ts";
import { expect, rows, sandbox, test } from "./fixtures.ts";

const staging = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-infrastructure" } as const;
const relay = { engine: "helm", namespace: "platform", name: "metrics-relay" } as const;

test.describe("the page is live", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("shows `kubectl scale` as drift, with field and manager, and no drift after the sync", async ({
    page,
    driftglass,
  }) => {
    await driftglass.openList("?q=metrics-relay");
    const row = driftglass.row("metrics-relay");
    await expect(row).toBeVisible();
    const { stdout } = await kubectl(sandbox, [
      "get",
      "deployment",
      "-n",
      "platform",
      "-l",
      "app.kubernetes.io/instance=metrics-relay",
      "-o",
      "jsonpath={.items[0].metadata.name}",
    ]);
    await scale(sandbox, "platform", `deployment/${stdout}`, 5);
    // The row says so without a reload; how fast that is, is for the benchmark to say.
    await expect(row).toContainText(/spec\.replicas \d+ → 5 .*kubectl/, { timeout: 10_000 });
    await driftglass.open(relay, "drift");
    await expect(page.getByText("spec.replicas", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: /^Sync/ }).first().click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("replicas");
    await dialog.getByRole("button", { name: /^Sync/ }).click();
    await expect(dialog).toHaveCount(0);
    await expect
      .poll(async () => (await rows(page.request)).get("helm/platform/metrics-relay")?.drift.status)
      .toBe("None");
  });

  test("sees a pushed commit arrive, and the sync bring it into the cluster", async ({ page, driftglass }) => {
    await driftglass.open({ engine: "flux-kustomization", namespace: "team-a", name: "portal" });
    const source = (await rows(page.request)).get("flux-kustomization/team-a/portal")?.sources[0];
    const repository =
      source?.url
        ?.split("/")
        .at(-1)
        ?.replace(/\.git$/, "") ?? "";
    expect(repository).not.toBe("");
    const text = await readCommitted(sandbox, repository, "README.md").catch(() => "");
    const commit = await pushCommit(sandbox, {
      repository,
      path: "README.md",
      content: `${text}\nA line more.\n`,
      message: "Say a line more",
    });
    await page.getByRole("button", { name: /^Sync/ }).first().click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("checkbox", { name: /source/i })).toBeChecked();
    await dialog.getByRole("button", { name: /^Sync/ }).click();
    await expect(dialog).toHaveCount(0, { timeout: 40_000 });
    await expect(page.getByText(commit.slice(0, 7)).first()).toBeVisible({ timeout: 40_000 });
    // The page names it as soon as the source has it, on the way into the cluster.
    const applied = async () => (await rows(page.request)).get("flux-kustomization/team-a/portal")?.revision.applied;
    await expect.poll(applied, { timeout: 60_000 }).toContain(commit);
    const { stdout } = await kubectl(sandbox, [
      "get",
      "kustomization.kustomize.toolkit.fluxcd.io",
      "portal",
      "-n",
      "team-a",
      "-o",
      "jsonpath={.status.lastAppliedRevision}",
    ]);
    expect(stdout).toContain(commit);
  });

  test("suspends and resumes, as flux itself then reports", async ({ page, driftglass }) => {
    await driftglass.open(staging);
    const suspended = async () =>
      (
        await kubectl(sandbox, [
          "get",
          "kustomization.kustomize.toolkit.fluxcd.io",
          staging.name,
          "-n",
          staging.namespace,
          "-o",
          "jsonpath={.spec.suspend}",
        ])
      ).stdout;
    for (const [word, value] of [
      ["Suspend", "true"],
      ["Resume", "false"],
    ] as const) {
      await page.getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menuitem", { name: new RegExp(`^${word}`) }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: new RegExp(`^${word}`) })
        .click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect.poll(async () => (await suspended()) === "true").toBe(value === "true");
    }
    await expect
      .poll(async () => (await rows(page.request)).get(`flux-kustomization/flux-system/${staging.name}`)?.health.status)
      .toBe("Healthy");
  });

  test("corrects drift of a Kustomization by a sync from the page", async ({ page, driftglass }) => {
    const unit = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-production" } as const;
    await driftglass.open(unit, "drift");
    await expect(page.getByText("spec.replicas", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: /^Sync/ }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: /^Sync/ }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0, { timeout: 40_000 });
    await expect
      .poll(
        async () =>
          (await rows(page.request)).get("flux-kustomization/flux-system/doc-router-production")?.drift.status,
        { timeout: 40_000 },
      )
      .toBe("None");
  });

  test("notices a kind that is installed while the page is open", async ({ page, driftglass }) => {
    await driftglass.openList();
    await kubectl(sandbox, ["apply", "--server-side", "-f", "-"], {
      input: JSON.stringify({
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "externalartifacts2.later.example.com" },
        spec: {
          group: "later.example.com",
          scope: "Namespaced",
          names: { plural: "externalartifacts2", singular: "externalartifact2", kind: "Later", listKind: "LaterList" },
          versions: [
            {
              name: "v1",
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
            },
          ],
        },
      }),
    });
    await kubectl(sandbox, ["wait", "--for=condition=Established", "crd/externalartifacts2.later.example.com"]);
    const thing = {
      apiVersion: "later.example.com/v1",
      kind: "Later",
      metadata: { name: "thing", namespace: "team-a" },
      spec: {},
    };
    // It is served a moment after it is established.
    await expect(async () => {
      await kubectl(sandbox, ["apply", "--server-side", "-f", "-"], { input: JSON.stringify(thing) });
    }).toPass({ timeout: 30_000 });
    await expect
      .poll(async () => (await page.request.get("/api/v1/resources/later.example.com/v1/Later/team-a/thing")).status())
      .toBe(200);
  });

  test("shows what Argo CD says after a sync of what was OutOfSync", async ({ page, driftglass }) => {
    await driftglass.open({ engine: "argocd", namespace: "argocd", name: "checkout" });
    await page.getByRole("button", { name: /^Sync/ }).first().click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("Deployment");
    await dialog.getByRole("button", { name: /^Sync/ }).click();
    await expect(dialog).toHaveCount(0);
    await expect
      .poll(async () => (await rows(page.request)).get("argocd/argocd/checkout")?.sync.status, { timeout: 60_000 })
      .toBe("Synced");
    // It compares while the operation is still running, too.
    const operation = async () =>
      field(await getObject(sandbox, "application.argoproj.io", "argocd", "checkout"), "status.operationState");
    await expect.poll(operation, { timeout: 60_000 }).toMatchObject({
      phase: "Succeeded",
      operation: { initiatedBy: { username: expect.stringContaining("admin") } },
    });
  });
});

test.afterAll(async () => {
  // The tests that follow find the scenario's drift as it was.
  const production = expectedApplications.find(({ name }) => name === "doc-router-production");
  if (production) await repeatDrift(sandbox, production);
});
