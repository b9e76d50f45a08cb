import type { ResourceList } from "#lib/api/application-contract.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import { seriousFindings } from "./accessibility.ts";
import { expect, test, type Driftglass } from "./fixtures.ts";

const production = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-production" } as const;
const failing = { engine: "flux-kustomization", namespace: "flux-system", name: "search-api" } as const;

async function openGraph(
  driftglass: Driftglass,
  unit: typeof production | typeof failing,
): Promise<ReturnType<Driftglass["page"]["locator"]>> {
  await driftglass.open(unit, "resources&as=graph");
  const cards = driftglass.page.locator("[data-card]");
  await expect(cards.first()).toBeVisible();
  return cards;
}

test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

test("the graph goes from the source by way of owners to pods, and a click opens the resource", async ({
  page,
  driftglass,
}) => {
  await openGraph(driftglass, production);
  await expect(page.getByRole("link", { name: /GitRepository.*doc-router/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /ReplicaSet.*doc-router-backend/ }).first()).toBeVisible();
  const pod = page.getByRole("button", { name: /Pod.*doc-router-worker-0/ });
  await pod.click();
  await expect(page.getByRole("dialog")).toContainText("doc-router-worker-0");
  await expect(page).toHaveURL(/resource=%2FPod%2Fdoc-router-production%2Fdoc-router-worker-0/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the layout is made by a worker, under the page's own policy", async ({ page, driftglass }) => {
  const worker = page.waitForEvent("worker");
  await openGraph(driftglass, production);
  expect(new URL((await worker).url()).origin).toBe(new URL(page.url()).origin);
});

test("arrow keys walk along the lines, and Enter opens", async ({ page, driftglass }) => {
  await openGraph(driftglass, failing);
  const focused = page.locator("[data-card]:focus");
  await page.locator('[data-card="application"]').focus();
  await page.keyboard.press("ArrowRight");
  await expect(focused).toContainText("Deployment");
  await page.keyboard.press("ArrowRight");
  await expect(focused).toContainText("ReplicaSet");
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toContainText("Deployment");
  await page.keyboard.press("ArrowDown");
  await expect(focused).toContainText("Service");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Service");
});

test("what is in trouble says so in words, not by colour alone", async ({ page, driftglass }) => {
  await openGraph(driftglass, failing);
  await expect(page.getByRole("button", { name: /Degraded.*Pod/ }).first()).toBeVisible();
});

test("the graph is zoomed, drawn small in the corner, and shown whole", async ({ page, driftglass }) => {
  await openGraph(driftglass, production);
  const small = page.getByRole("img", { name: "The whole graph, small" });
  await expect(small).toBeVisible();
  expect(await small.locator("rect").count()).toBeGreaterThan(5);
  const width = async () => (await page.locator('[data-card="application"]').boundingBox())?.width ?? 0;
  const before = await width();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(width).toBeGreaterThan(before);
  await page.getByRole("button", { name: "Show everything" }).click();
  // All of it is in sight: what is drawn begins within the frame.
  await expect(page.locator("[data-card]").last()).toBeInViewport();
  await expect(page.getByRole("link", { name: /GitRepository.*doc-router/ })).toBeInViewport();
});

test("the filter narrows the graph to what matches and its owners", async ({ page, driftglass }) => {
  const cards = await openGraph(driftglass, production);
  await page.getByRole("searchbox", { name: "Filter resources" }).fill("worker-2");
  await expect(page.locator('[data-card^="/Service/"]')).toHaveCount(0);
  await expect(cards.filter({ hasText: "doc-router-worker-2" })).toBeVisible();
  await expect(cards.filter({ hasText: "StatefulSet" })).toBeVisible();
});

test("graph, tree and list are views of the same, and the URL says which", async ({ page, driftglass }) => {
  await openGraph(driftglass, production);
  const views = page.getByRole("group", { name: "Show resources as" });
  await views.getByRole("button", { name: "List" }).click();
  await expect(page).toHaveURL(/as=list/);
  const grid = page.getByRole("treegrid", { name: "Resources" });
  await expect(grid.getByRole("row", { expanded: true })).toHaveCount(0);
  await views.getByRole("button", { name: "Tree" }).click();
  await expect(grid.getByRole("row", { expanded: true }).first()).toBeVisible();
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });
    test("axe finds nothing serious in the graph", async ({ page, driftglass }) => {
      await openGraph(driftglass, failing);
      expect(await seriousFindings(page)).toEqual([]);
    });
  });
}

/** No cluster of a test has so many: the answer for an application is made bigger on its way. */
function manyResources(count: number): ResourceNode[] {
  const node = (kind: string, name: string, index: number, parent?: string): ResourceNode => ({
    key: `${kind === "Pod" ? "" : "apps"}/${kind}/big/${name}`,
    ref: { group: kind === "Pod" ? "" : "apps", version: "v1", kind, namespace: "big", name },
    health: index % 500 === 7 ? { status: "Degraded", message: "CrashLoopBackOff" } : { status: "Healthy" },
    live: "yes",
    ...(parent !== undefined && { parent }),
  });
  return Array.from({ length: count / 5 }, (_, index) => {
    const deployment = node("Deployment", `d${index}`, index);
    const replicaSet = node("ReplicaSet", `d${index}-1`, index, deployment.key);
    const pods = [0, 1, 2].map((pod) => node("Pod", `d${index}-1-${pod}`, index, replicaSet.key));
    return [deployment, replicaSet, ...pods];
  }).flat();
}

test("of five thousand resources some dozens are drawn, those in trouble first, and groups open", async ({
  page,
  driftglass,
}) => {
  const items = manyResources(5000);
  await page.route("**/doc-router-production/resources?*", (route) =>
    route.fulfill({ json: { items } satisfies ResourceList }),
  );
  const cards = await openGraph(driftglass, production);
  await expect(page.getByText(/of 5000 drawn, the rest in groups/)).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page.locator('[data-card="apps/Deployment/big/d7"]')).toBeVisible();
  await expect(cards.filter({ hasText: "Pod · Degraded" }).first()).toBeVisible();
  expect(await cards.count()).toBeLessThanOrEqual(130);

  // The keyboard walks from one to the next, and words find one of the thousands.
  await page.locator('[data-card="application"]').focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator('[data-card]:focus:not([data-card="application"])')).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Filter resources" }).fill("d777-1-2");
  await expect(page.locator('[data-card="/Pod/big/d777-1-2"]')).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter resources" }).fill("");

  const group = cards.filter({ hasText: /\d+ Deployment/ });
  const folded = Number(/(\d+) Deployment/.exec((await group.textContent()) ?? "")?.[1]);
  expect(folded).toBeGreaterThan(900);
  await group.click();
  await expect(group).toContainText(`${folded - 24} Deployment`);
});

test("arrow keys walk through the tree, open and close it, and Enter opens the resource", async ({
  page,
  driftglass,
}) => {
  await driftglass.open(failing, "resources&as=tree");
  const focused = page.locator('[role="row"]:focus');
  await page.getByRole("treegrid", { name: "Resources" }).getByRole("row").first().focus();
  await expect(focused).toContainText("Deployment");
  await page.keyboard.press("ArrowRight");
  await expect(focused).toContainText("ReplicaSet");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toContainText("Deployment");
  await expect(focused).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("search-api");
});
