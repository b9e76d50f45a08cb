import type { ResourceList } from "#lib/api/application-contract.ts";
import { getObject, kubectl } from "../sandbox/scenario/actions.ts";
import { seriousFindings } from "./accessibility.ts";
import { api, expect, sandbox, test, type Driftglass } from "./fixtures.ts";

const production = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-production" } as const;
const namespace = "doc-router-production";
const worker = `apps/StatefulSet/${namespace}/doc-router-worker`;
const backend = `apps/Deployment/${namespace}/doc-router-backend`;

async function openResource(driftglass: Driftglass, key: string, show?: string) {
  await driftglass.open(
    production,
    `resources&resource=${encodeURIComponent(key)}${show === undefined ? "" : `&show=${show}`}`,
  );
  const drawer = driftglass.page.getByRole("dialog");
  await expect(drawer).toBeVisible();
  return drawer;
}

/** Names of the pods of the backend, as the page's own tree has them. */
async function backendPods({ page }: Driftglass): Promise<string[]> {
  const { items } = await api<ResourceList>(
    page.request,
    `/api/v1/applications/flux-kustomization/flux-system/${production.name}/resources`,
  );
  return items.filter(({ ref }) => ref.kind === "Pod" && /backend/.test(ref.name)).map(({ ref }) => ref.name);
}

test.describe("the drawer of a resource", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("shows what drifted, with who wrote it, by a link alone", async ({ driftglass }) => {
    const drawer = await openResource(driftglass, worker, "diff");
    await expect(drawer.getByRole("table")).toContainText("spec.");
    await expect(drawer.getByRole("region", { name: /^Changes of/ })).toBeVisible();
  });

  test("shows the live and the desired manifest", async ({ page, driftglass }) => {
    const drawer = await openResource(driftglass, worker);
    await expect(drawer.getByRole("region", { name: /^Manifest of/ })).toContainText("kind: StatefulSet");
    await drawer.getByRole("tab", { name: "Desired" }).click();
    await expect(page).toHaveURL(/show=desired/);
    await expect(drawer.getByRole("region", { name: /^Desired manifest of/ })).toContainText("kind: StatefulSet");
  });

  test("leads from a pod to its owners, and shows its conditions", async ({ page, driftglass }) => {
    const [pod] = await backendPods(driftglass);
    const drawer = await openResource(driftglass, `/Pod/${namespace}/${pod ?? ""}`, "conditions");
    await expect(drawer.getByRole("tabpanel")).toContainText("ContainersReady");
    await drawer
      .getByRole("navigation", { name: "Owners" })
      .getByRole("button", { name: /Deployment/ })
      .click();
    await expect(page).toHaveURL(/resource=apps%2FDeployment/);
    await expect(drawer.getByRole("heading")).toContainText("Deployment");
  });

  test("reads the logs of all pods of a workload together, filtered and with times", async ({ driftglass }) => {
    const drawer = await openResource(driftglass, worker, "logs");
    const lines = drawer.getByRole("region", { name: /^Log of/ });
    await expect(lines).toContainText("doc-router-worker-0");
    await expect(lines).toContainText("doc-router-worker-1");
    await drawer.getByRole("checkbox", { name: "Times" }).click();
    await expect(lines).toContainText(/20\d\d-\d\d-\d\d \d\d:\d\d/);
    await drawer.getByRole("searchbox", { name: "Filter lines" }).fill("health check");
    await expect(drawer.getByRole("status").filter({ hasText: /of \d+ lines/ })).toBeVisible();
    await expect(lines).not.toContainText("queue drained");
  });

  test("follows the logs, and wraps long lines or not", async ({ page, driftglass }) => {
    const drawer = await openResource(driftglass, worker, "logs");
    const lines = drawer.getByRole("region", { name: /^Log of/ });
    await expect(lines).toContainText("doc-router-worker-0");
    // What is written while one looks is seen at the end.
    await expect(drawer.getByRole("checkbox", { name: "Follow" })).toBeChecked();
    const told = async () => Number(/^\d+/.exec((await drawer.getByText(/^\d+ lines/).textContent()) ?? "")?.[0]);
    const before = await told();
    await expect.poll(told, { timeout: 60_000 }).toBeGreaterThan(before);
    await expect
      .poll(() => lines.evaluate((area) => area.scrollHeight - area.scrollTop - area.clientHeight))
      .toBeLessThan(60);

    const sideways = () => lines.evaluate((area) => area.scrollWidth - area.clientWidth);
    await expect.poll(sideways).toBeLessThanOrEqual(1);
    await page.setViewportSize({ width: 420, height: 844 });
    await expect.poll(sideways).toBeLessThanOrEqual(1);
    await drawer.getByRole("checkbox", { name: "Wrap" }).click();
    await expect.poll(sideways).toBeGreaterThan(1);
  });

  test("shows what a container wrote before its last restart", async ({ driftglass }) => {
    const { page } = driftglass;
    await driftglass.open({ engine: "argocd", namespace: "argocd", name: "recommendations" }, "resources&as=list");
    await page
      .getByRole("treegrid", { name: "Resources" })
      .getByRole("row")
      .filter({ hasText: /Pod.*recommendations-worker/ })
      .first()
      .click();
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("tab", { name: "Logs" }).click();
    await drawer.getByRole("checkbox", { name: "Previous run" }).click();
    await expect(drawer.getByRole("region", { name: /^Log of/ })).toContainText("giving up", { timeout: 30_000 });
  });

  test("downloads what is shown of the logs", async ({ page, driftglass }) => {
    const drawer = await openResource(driftglass, worker, "logs");
    await expect(drawer.getByRole("region", { name: /^Log of/ })).toContainText("doc-router-worker-0");
    const download = page.waitForEvent("download");
    await drawer.getByRole("button", { name: "Download these lines" }).click();
    expect((await download).suggestedFilename()).toBe("logs.log");
  });

  test("previews what scaling would change and who would set it back, and changes nothing", async ({ driftglass }) => {
    const drawer = await openResource(driftglass, backend);
    await drawer.getByRole("button", { name: "Scale…" }).click();
    const dialog = driftglass.page.getByRole("dialog", { name: /^Scale Deployment/ });
    await dialog.getByRole("spinbutton", { name: "Pods" }).fill("7");
    await expect(dialog).toContainText("would have 7 pods");
    await expect(dialog).toContainText("HorizontalPodAutoscaler");
    await expect(dialog.getByRole("button", { name: "Scale to 7" })).toBeEnabled();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(drawer).toBeVisible();
    expect(await backendPods(driftglass)).toHaveLength(2);
  });

  test("deletes a pod, which its ReplicaSet replaces", async ({ page, driftglass }) => {
    const before = await backendPods(driftglass);
    const pod = before[0] ?? "";
    const drawer = await openResource(driftglass, `/Pod/${namespace}/${pod}`);
    await drawer.getByRole("button", { name: "Delete the pod…" }).click();
    const dialog = page.getByRole("dialog", { name: /^Delete Pod/ });
    await expect(dialog).toContainText(/starts another/);
    // The dialog has its size once the preview is there, and that has changed nothing.
    await expect(dialog).toContainText("1 removed");
    const deleted = ["get", "pod", pod, "-n", namespace, "-o", "jsonpath={.metadata.deletionTimestamp}"];
    expect((await kubectl(sandbox, deleted)).stdout).toBe("");
    await dialog.getByRole("button", { name: "Delete the pod" }).click();
    await expect(dialog).toHaveCount(0);
    await expect.poll(async () => getObject(sandbox, "pod", namespace, pod), { timeout: 60_000 }).toBeUndefined();
    await expect.poll(async () => backendPods(driftglass), { timeout: 60_000 }).not.toContain(pod);
    await expect.poll(async () => (await backendPods(driftglass)).length, { timeout: 60_000 }).toBe(before.length);
  });
});

test("the viewer finds scaling and deleting disabled, with the missing permission named, and is refused by the API", async ({
  page,
  driftglass,
}) => {
  await driftglass.logInAs("viewer");
  const drawer = await openResource(driftglass, backend);
  const scale = drawer.getByRole("button", { name: /Scale/ });
  await expect(scale).toHaveAttribute("aria-disabled", "true");
  await expect(scale).toHaveAccessibleDescription(/patch on deployments\/scale\.apps/);
  const answer = await page.request.post(
    `/api/v1/resources/apps/v1/Deployment/${namespace}/doc-router-backend/actions/scale`,
    { data: { replicas: 1 }, headers: { origin: new URL(page.url()).origin } },
  );
  expect(answer.status()).toBe(403);
});

test.describe("an application's tabs", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("have the logs of all its pods, or of one", async ({ page, driftglass }) => {
    await driftglass.open(production, "logs");
    await expect(page.getByRole("region", { name: "Logs" })).toContainText("backend");
    await page.getByRole("combobox", { name: "Pod" }).selectOption({ index: 1 });
    await expect(page).toHaveURL(/pod=/);
    await expect(page.getByRole("region", { name: /^Log of/ })).toBeVisible();
  });

  test("have the events of everything it has, narrowed by words", async ({ page, driftglass }) => {
    await driftglass.open(production, "events");
    const list = page.getByRole("tabpanel");
    await expect(list).toContainText("HorizontalPodAutoscaler/doc-router-backend");
    await page.getByRole("searchbox", { name: "Filter events" }).fill("no event has these words");
    await expect(list).toContainText("None matches");
  });
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });
    test("axe finds nothing serious in the drawer's views", async ({ page, driftglass }) => {
      await driftglass.logInAs("admin");
      const drawer = await openResource(driftglass, worker);
      for (const view of ["Manifest", "Diff", "Logs", "Events"]) {
        await drawer.getByRole("tab", { name: view }).click();
        await expect(drawer.getByRole("status", { name: /^(Loading|Comparing)/ })).toHaveCount(0);
        expect(await seriousFindings(page, '[role="dialog"]'), view).toEqual([]);
      }
    });
  });
}
