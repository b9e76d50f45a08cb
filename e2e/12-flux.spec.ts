import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AutomationList } from "#lib/api/source-contract.ts";
import { getObject, kubectl } from "../sandbox/scenario/actions.ts";
import { fieldText } from "../sandbox/scenario/tools/objects.ts";
import { run } from "../sandbox/scenario/tools/run.ts";
import { api, expect, rows, sandbox, test } from "./fixtures.ts";

const namespace = "flux-page";
const unit = { engine: "flux-kustomization", namespace, name: "settings" } as const;
const key = `flux-kustomization/${namespace}/settings`;

const manifests = JSON.stringify({
  apiVersion: "v1",
  kind: "List",
  items: [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "settings", namespace },
      spec: { interval: "24h", url: `${sandbox.gitUrl}/${namespace}.git`, ref: { branch: "main" } },
    },
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "settings", namespace },
      spec: { interval: "24h", path: "./", prune: true, sourceRef: { kind: "GitRepository", name: "settings" } },
    },
  ],
});

/** Commits a version of the settings; answers the commit. */
async function push(folder: string, version: string): Promise<string> {
  const git = async (...args: string[]): Promise<string> =>
    (await run(sandbox, "git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd: folder }))
      .stdout;
  const settings = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", namespace },
    data: { version },
  };
  writeFileSync(join(folder, "settings.yaml"), JSON.stringify(settings));
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "settings.yaml");
  await git("commit", "--quiet", "--message", `Version ${version}`);
  await git("push", "--quiet", "--force", `${sandbox.gitUrl}/${namespace}.git`, "HEAD:main");
  return (await git("rev-parse", "HEAD")).trim();
}

const version = async (): Promise<string | undefined> =>
  fieldText(await getObject(sandbox, "configmap", namespace, "settings"), "data.version");

test.describe("A Kustomization", () => {
  let folder = "";
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));
  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "driftglass-settings-"));
    await push(folder, "one");
    await kubectl(sandbox, ["apply", "--server-side", "--field-manager=flux", "-f", "-"], { input: manifests });
    await expect.poll(version, { timeout: 60_000 }).toBe("one");
    await push(folder, "two");
    const request = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
    await kubectl(sandbox, ["annotate", "gitrepository", "settings", "-n", namespace, "--overwrite", request]);
    await expect.poll(version, { timeout: 60_000 }).toBe("two");
  });
  test.afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await kubectl(sandbox, ["delete", "kustomization,gitrepository", "--all", "-n", namespace, "--timeout=60s"]);
    await kubectl(sandbox, ["delete", "namespace", namespace, "--timeout=60s"]);
  });

  test("tells the message of the commit that is applied, and of an artifact also who made it", async ({
    driftglass,
  }) => {
    const { page } = driftglass;
    await expect.poll(async () => (await rows(page.request)).has(key), { timeout: 30_000 }).toBe(true);
    await expect(async () => await driftglass.open(unit)).toPass({ timeout: 60_000 });
    await expect(page.getByText("Version two", { exact: true })).toBeVisible({ timeout: 30_000 });
    await driftglass.open({ engine: "flux-kustomization", namespace: "flux-system", name: "platform-policies" });
    await expect(page.getByText("Release 1.1.0 of platform-policies by Mara Lindqvist")).toBeVisible();
  });

  test("is rolled back, kept there with a banner, and goes on when the hold is released", async ({
    page,
    driftglass,
  }) => {
    test.setTimeout(180_000);
    await expect.poll(async () => (await rows(page.request)).has(key), { timeout: 30_000 }).toBe(true);
    await expect(async () => await driftglass.open(unit, "history")).toPass({ timeout: 60_000 });
    const revisions = page.getByRole("list", { name: "Revisions, newest first" });
    const back = revisions.getByRole("button", { name: /^Roll back to main@/ });
    await expect(back).toHaveCount(2, { timeout: 30_000 });
    await back.last().click();
    const dialog = page.getByRole("dialog", { name: /^Roll back to/ });
    await expect(dialog.getByRole("heading", { name: /^GitRepository settings/ })).toBeVisible({ timeout: 30_000 });
    await dialog.getByRole("button", { name: /^Roll back to main@/ }).click();
    await expect(dialog).toHaveCount(0, { timeout: 60_000 });
    await expect.poll(version, { timeout: 60_000 }).toBe("one");

    const release = page.getByRole("button", { name: "Release the hold…" });
    await expect(release).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/by admin, .* ago/).first()).toBeVisible();
    // Syncing would undo it, so that is not to be had meanwhile.
    await expect(page.getByRole("button", { name: "Sync…" })).toHaveAttribute("aria-disabled", "true");
    await expect.poll(async () => (await rows(page.request)).get(key)?.hold?.revision ?? "").toMatch(/^main@/);

    await release.click();
    await page
      .getByRole("dialog", { name: /^Release the hold/ })
      .getByRole("button", { name: /^Release the hold/ })
      .click();
    await expect(page.getByRole("dialog", { name: /^Release the hold/ })).toHaveCount(0, { timeout: 60_000 });
    await expect.poll(version, { timeout: 60_000 }).toBe("two");
    await expect(release).toHaveCount(0, { timeout: 30_000 });
  });
});

test.describe("What Flux tells and whom", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("is listed beside the sources: an alert that reaches nobody comes first", async ({ page }) => {
    await page.goto("/sources");
    await page.getByRole("button", { name: "Notifications" }).click();
    await expect(page).toHaveURL((url) => url.searchParams.get("view") === "notifications");
    const table = page.getByRole("table", { name: "Notifications" });
    await expect(table.getByRole("row").nth(1)).toContainText("on-call", { timeout: 20_000 });
    await expect(table.getByRole("row").nth(1)).toContainText("its Provider pager does not exist");
    await expect(table.getByRole("row").filter({ hasText: "generic webhooks" })).toContainText("pushes");
  });

  test("is suspended and resumed", async ({ page }) => {
    await page.goto("/sources?view=notifications&q=deployments");
    const row = page.getByRole("table", { name: "Notifications" }).getByRole("row").filter({ hasText: "errors of" });
    const suspended = async (): Promise<string | undefined> =>
      fieldText(
        await getObject(sandbox, "alerts.notification.toolkit.fluxcd.io", "flux-system", "deployments"),
        "spec.suspend",
      );
    await row.getByRole("button", { name: "Suspend deployments" }).click();
    await expect(row).toContainText("Suspended", { timeout: 20_000 });
    expect(await suspended()).toBe("true");
    await row.getByRole("button", { name: "Resume deployments" }).click();
    await expect(row).not.toContainText("Suspended", { timeout: 20_000 });
    await expect.poll(suspended).not.toBe("true");
  });

  test("is listed beside what its image controllers have found in the registry", async ({ page }) => {
    const image = `${sandbox.registryHost}/artifacts/platform-policies`;
    const object = (kind: string, spec: object): object => ({
      apiVersion: "image.toolkit.fluxcd.io/v1",
      kind,
      metadata: { name: "policies", namespace: "flux-system" },
      spec,
    });
    const items = [
      object("ImageRepository", { image, insecure: true, interval: "24h" }),
      object("ImagePolicy", {
        imageRepositoryRef: { name: "policies" },
        policy: { semver: { range: ">=1.0.0" } },
      }),
    ];
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    await kubectl(sandbox, ["apply", "--server-side", "-f", "-"], { input });
    try {
      await page.goto("/sources?view=images");
      const table = page.getByRole("table", { name: "Image automation" });
      const repository = table.getByRole("row").filter({ hasText: image });
      await expect(repository).toContainText(/\d tags?, such as \d/, { timeout: 30_000 });
      await expect(repository).toContainText("Healthy");
      await expect(table.getByRole("row").filter({ hasText: "versions >=1.0.0" })).toContainText("Healthy", {
        timeout: 30_000,
      });
    } finally {
      await kubectl(sandbox, ["delete", "-f", "-", "--timeout=30s"], { input });
    }
  });

  test("says which kinds a cluster does not have", async ({ page }) => {
    const { absent } = await api<AutomationList>(page.request, "/api/v1/automation");
    expect(absent).toEqual(expect.arrayContaining(["FluxInstance", "ResourceSet"]));
    await page.goto("/sources?view=operator");
    await expect(page.getByText("Flux Operator is not installed")).toBeVisible();
  });
});
