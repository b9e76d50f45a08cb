import type { Page } from "@playwright/test";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { expect, rows, sandbox, test } from "./fixtures.ts";

/** Runs if anything takes it for more than text: as markup, as an attribute, as a link, as a template, or as a direction mark that turns words around. */
const evil = `"><img src=x onerror=window.pwned=1><script>window.pwned=1</script>{{constructor.constructor('window.pwned=1')()}}\u202etxt`;
const link = "javascript:window.pwned=1";

const namespace = "hostile";
const objects = [
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: namespace, labels: { "app.kubernetes.io/part-of": "hostile" } },
  },
  {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "messages", namespace, annotations: { "example.com/words": evil } },
    // Suspended, so that its controller leaves the status to this test.
    spec: {
      suspend: true,
      interval: "1h",
      path: `./${evil}`,
      prune: true,
      sourceRef: { kind: "GitRepository", name: "gone" },
    },
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: "hostile-links",
      namespace: "argocd",
      annotations: { "link.argocd.argoproj.io/external-link": link },
    },
    spec: {
      project: "default",
      source: { repoURL: link, path: evil, targetRevision: evil },
      destination: { server: "https://kubernetes.default.svc", namespace },
      info: [{ name: evil, value: link }],
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "words",
      namespace,
      labels: { "app.kubernetes.io/part-of": "hostile" },
      annotations: { "example.com/words": evil, "kubernetes.io/change-cause": evil },
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: "words" } },
      template: {
        metadata: { labels: { app: "words" } },
        spec: {
          containers: [
            {
              name: "words",
              image: "registry.example.com/words:1",
              args: [evil],
              env: [{ name: "WORDS", value: evil }],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "words.1", namespace },
    involvedObject: { apiVersion: "apps/v1", kind: "Deployment", name: "words", namespace },
    type: "Warning",
    reason: evil.slice(0, 100),
    message: evil,
    source: { component: evil.slice(0, 60) },
  },
];
const status = {
  status: {
    observedGeneration: 1,
    lastAppliedRevision: evil,
    lastAttemptedRevision: evil,
    conditions: [
      {
        type: "Ready",
        status: "False",
        reason: "BuildFailed",
        message: evil,
        lastTransitionTime: "2026-01-01T00:00:00Z",
      },
    ],
    inventory: { entries: [{ id: `${namespace}_words_apps_Deployment`, v: "v1" }] },
  },
};

async function apply(): Promise<void> {
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
  await kubectl(sandbox, ["apply", "--server-side", "-f", "-"], { input: list });
  await kubectl(sandbox, [
    "patch",
    "kustomization",
    "messages",
    "-n",
    namespace,
    "--subresource=status",
    "--type=merge",
    "-p",
    JSON.stringify(status),
  ]);
}

const pages = [
  "/overview",
  "/apps",
  "/apps?q=hostile",
  `/apps?q=${encodeURIComponent(evil)}`,
  "/drift",
  "/sources",
  "/activity",
  ...["overview", "resources", "drift", "history", "events"].flatMap((tab) => [
    `/apps/flux-kustomization/${namespace}/messages?tab=${tab}`,
    `/apps/argocd/argocd/hostile-links?tab=${tab}`,
    `/apps/kubectl/${namespace}/hostile?tab=${tab}`,
  ]),
  `/apps/kubectl/${namespace}/hostile?tab=resources&resource=${encodeURIComponent(evil)}`,
  `/apps/helm/${namespace}/${encodeURIComponent(evil)}`,
  `/login?next=${encodeURIComponent(link)}`,
];

test.describe("objects whose every field is hostile", () => {
  test.beforeAll(apply);
  test.afterAll(async () => {
    await kubectl(sandbox, [
      "delete",
      "application",
      "hostile-links",
      "-n",
      "argocd",
      "--ignore-not-found",
      "--wait=false",
    ]);
    await kubectl(sandbox, ["delete", "namespace", namespace, "--ignore-not-found"]);
  });

  test("are text on every page: nothing runs, and nothing links to a script", async ({ page, driftglass }) => {
    test.setTimeout(240_000);
    await driftglass.logInAs("admin");
    await expect
      .poll(async () => [...(await rows(page.request)).keys()].filter((key) => key.includes("hostile")).length, {
        timeout: 30_000,
      })
      .toBeGreaterThanOrEqual(3);
    page.on("dialog", (dialog) => void dialog.dismiss());
    for (const path of pages) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBeLessThan(500);
      await settled(page);
      expect(await page.evaluate(() => "pwned" in window), path).toBe(false);
      const hrefs = await page
        .locator("a[href]")
        .evaluateAll((links) => links.map((one) => one.getAttribute("href") ?? ""));
      expect(
        hrefs.filter((href) => /^\s*(javascript|data|vbscript):/i.test(href)),
        path,
      ).toEqual([]);
      expect(await page.locator("img[src=x]").count(), path).toBe(0);
    }
  });

  test("are shown as they are, so that a person sees what somebody wrote", async ({ page, driftglass }) => {
    await driftglass.logInAs("admin");
    await driftglass.open({ engine: "flux-kustomization", namespace, name: "messages" });
    await expect(page.getByText("<script>window.pwned=1</script>").first()).toBeVisible();
  });
});

test("every page and answer carries its security headers, and no page has an inline script without its nonce", async ({
  page,
  driftglass,
}) => {
  await driftglass.logInAs("admin");
  for (const path of [
    "/login",
    "/overview",
    "/apps",
    "/drift",
    "/sources",
    "/activity",
    "/api/v1/applications",
    "/api/v1/nothing",
  ]) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    const headers = answer.headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toMatch(/no-referrer|same-origin/);
    if (!(headers["content-type"] ?? "").includes("text/html")) continue;
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toContain("object-src 'none'");
    expect(
      policy.split(";").find((one) => one.trim().startsWith("script-src ")),
      path,
    ).not.toContain("unsafe-inline");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    const scripts = [...(await answer.text()).matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes ?? "");
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const attributes of scripts) expect(attributes, path).toContain(`nonce="${nonce}"`);
  }
});

/** Waits until the page has its content: no request of its own is under way but the stream. */
async function settled(page: Page): Promise<void> {
  await page.locator("main, [role=main]").first().waitFor();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 20_000 });
}
