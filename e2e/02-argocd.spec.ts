import type { Diff } from "#lib/api/diff-contract.ts";
import type { History } from "#lib/api/application-contract.ts";
import { getObject } from "../sandbox/scenario/actions.ts";
import { field } from "../sandbox/scenario/tools/objects.ts";
import { api, expect, sandbox, test } from "./fixtures.ts";

const checkout = { engine: "argocd", namespace: "argocd", name: "checkout" } as const;
const feed = { engine: "argocd", namespace: "argocd", name: "price-feed-eu" } as const;
const argocd = "/api/v1/session/argocd";

/** A value of an Application, as the cluster has it. */
async function ofApplication(name: string, path: string): Promise<unknown> {
  return field(await getObject(sandbox, "application.argoproj.io", "argocd", name), path);
}

test.describe("Argo CD", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("tries a sync to a revision as a dry run, which Argo CD then has done", async ({ page, driftglass }) => {
    const startedAt = await ofApplication("checkout", "status.operationState.startedAt");
    await driftglass.open(checkout);
    await page.getByRole("button", { name: "Sync…" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("More options").click();
    await dialog.getByLabel("Revision").fill("main");
    await dialog.getByLabel("Dry run").check();
    await dialog.getByRole("button", { name: "Try it, change nothing" }).click();
    await expect(dialog).toHaveCount(0);
    await expect.poll(() => ofApplication("checkout", "status.operationState.startedAt")).not.toBe(startedAt);
    await expect.poll(() => ofApplication("checkout", "status.operationState.phase")).toBe("Succeeded");
    expect(await ofApplication("checkout", "status.operationState.operation.sync")).toMatchObject({
      dryRun: true,
      revision: "main",
    });
    expect(await ofApplication("checkout", "status.sync.status")).toBe("OutOfSync");
  });

  test("says which window of the project denies a sync, and offers none", async ({ page, driftglass }) => {
    await driftglass.open(feed);
    await expect(page.getByText(/denies syncs, open now .*Freeze until the audit is over/)).toBeVisible();
    await expect(page.getByText("ApplicationSet price-feeds").first()).toBeVisible();
    const { status, body } = await driftglass.act(feed, "sync", {});
    expect(status).toBe(409);
    expect(body["detail"]).toContain("Freeze until the audit is over");
    expect(await ofApplication("price-feed-eu", "operation")).toBeUndefined();
  });

  test("compares exactly once its API server has a token, in this session alone", async ({
    page,
    driftglass,
    browser,
  }) => {
    const tokens = sandbox.argocdServer?.tokens ?? { reader: "", guest: "", expired: "" };
    await driftglass.open(checkout, "drift");
    await expect(page.getByText("Nothing has drifted")).toBeVisible();
    await page.getByRole("button", { name: "Connect Argo CD" }).click();
    const give = async (token: string): Promise<void> => {
      await page.getByLabel(/^Token for 127\.0\.0\.1/).fill(token);
      await page.getByRole("button", { name: "Connect", exact: true }).click();
    };
    await give("not-a-token");
    await expect(page.getByText("Argo CD does not accept the token")).toBeVisible();
    await give(tokens.expired);
    await expect(page.getByText("The token for Argo CD has expired.")).toBeVisible();
    await give(tokens.reader);
    await expect(page.getByText("Connected to Argo CD as reader")).toBeVisible();
    await expect(page.getByText("changed in the source, not synced yet").first()).toBeVisible();
    await expect(page.getByText("registry.example.com/shop/checkout:3.2.0").first()).toBeVisible();
    expect(JSON.stringify(await api(page.request, argocd))).not.toContain(tokens.reader);

    // Revisions that nobody recorded: Argo CD makes their manifests anew.
    const unit = "/api/v1/applications/argocd/argocd/checkout";
    const { items } = await api<History>(page.request, `${unit}/history`);
    // It also knows who made a commit, and what they said.
    for (const item of items)
      expect(item).toMatchObject({ author: expect.stringContaining("@"), message: expect.stringMatching(/./) });
    const [newest, earlier] = items.map(({ id }) => id);
    const { objects } = await api<Diff>(page.request, `${unit}/diff?from=${earlier}&to=${newest}`);
    expect(objects.find(({ ref }) => ref.kind === "Deployment")?.fields).toContainEqual({
      path: "spec.template.spec.containers[name=checkout].image",
      from: "registry.example.com/shop/checkout:3.0.2",
      to: "registry.example.com/shop/checkout:3.1.0",
    });

    // Another session of the same person has not been given the token.
    const other = await browser.newContext();
    await other.request.post("/api/v1/session", {
      data: { token: sandbox.logins.find(({ name }) => name === "admin")?.token },
      headers: { origin: new URL(page.url()).origin },
    });
    expect(await api(other.request, argocd)).toMatchObject({ state: "disconnected" });
    await other.close();

    await page.getByRole("button", { name: "Disconnect" }).click();
    await expect(page.getByText("Nothing has drifted")).toBeVisible();
  });

  test("is not believed beyond what its own account may read", async ({ page, driftglass }) => {
    await driftglass.open(checkout, "drift");
    await page.getByRole("button", { name: "Connect Argo CD" }).click();
    await page.getByLabel(/^Token for/).fill(sandbox.argocdServer?.tokens.guest ?? "");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByText("Connected to Argo CD as guest")).toBeVisible();
    await expect(page.getByText(/does not let the account of this token read the application/)).toBeVisible();
    await page.getByRole("button", { name: "Disconnect" }).click();
  });
});
