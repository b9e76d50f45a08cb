import { oidcEnvironment, type Dashboard } from "../sandbox/dashboard.ts";
import { shortOidcClient, shortTokenSeconds } from "../sandbox/servers/oidc-users.ts";
import { field } from "../sandbox/scenario/tools/objects.ts";
import { expect, leaves, listens, sandbox, test } from "./fixtures.ts";
import { startReplicas, type Replicas } from "./replicas/replicas.ts";
import { signIn } from "./sign-in.ts";

const issuer = sandbox.oidcIssuer ?? "";

/** The versions of all that is kept of sessions; another one each time that a token has been renewed. */
async function versions({ kept }: Replicas): Promise<string> {
  const { items } = JSON.parse(await kept()) as { items: unknown[] };
  return items.map((item) => String(field(item, "metadata.resourceVersion"))).join(" ");
}

/** Waits for a moment at which a token has just been renewed and kept, so that nothing will be renewed for some seconds. */
async function waitForRenewal(replicas: Replicas): Promise<void> {
  const first = await versions(replicas);
  let last = first;
  const isRenewed = async (): Promise<boolean> => {
    const before = last;
    last = await versions(replicas);
    return last === before && last !== first;
  };
  await expect.poll(isRenewed, { timeout: 60_000, intervals: [500] }).toBe(true);
}

test.describe("replicas with an identity provider, of which any may be asked", () => {
  // The provider's certificate is the sandbox's own; tokens live for seconds.
  test.use({ ignoreHTTPSErrors: true });
  test.describe.configure({ timeout: 300_000 });
  let replicas: Replicas;
  test.beforeAll(async () => {
    replicas = await startReplicas(sandbox, oidcEnvironment(sandbox.stateDirectory, issuer, shortOidcClient));
  });
  test.afterAll(() => replicas.stop());

  test("begin a login at one and end it at another, renew its tokens, and go on when its replica is killed", async ({
    page,
  }) => {
    const { proxy } = replicas;
    const [east, west] = replicas.all as [Dashboard, Dashboard];
    /** Asks the cluster as this person, each time anew. */
    const status = async (): Promise<number> =>
      (await page.request.get(`${proxy.url}/api/v1/resources/core/v1/Namespace/_/team-a`)).status();
    /** Beyond the life of a token many ask at once, all the time: it is renewed, with a refresh token that works once. */
    const expectRenewals = async (): Promise<void> => {
      const answers = new Set<number>();
      const until = Date.now() + (shortTokenSeconds + 3) * 1000;
      while (Date.now() < until)
        for (const answer of await Promise.all([status(), status(), status()])) answers.add(answer);
      expect([...answers]).toEqual([200]);
    };

    proxy.prefer(east.url);
    await page.goto(`${proxy.url}/api/v1/oidc/login?next=${encodeURIComponent("/apps?q=portal")}`);
    await expect(page.getByRole("heading", { name: "Sandbox identity provider" })).toBeVisible();
    proxy.prefer(west.url);
    await signIn(page, "olivia");
    await expect(page).toHaveURL(`${proxy.url}/apps?q=portal`);
    await listens(page);
    expect((await replicas.home()).url).toBe(west.url);

    proxy.prefer(east.url);
    await expectRenewals();
    await waitForRenewal(replicas);
    replicas.kill(west);
    await expect.poll(status, { timeout: 60_000 }).toBe(200);
    await expectRenewals();
    expect((await replicas.home()).url).toBe(east.url);

    await expect(page.getByRole("button", { name: /^Live/ })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(page.url()).toBe(`${proxy.url}/apps?q=portal`);
    const out = await page.request.delete(`${proxy.url}/api/v1/session`, { headers: { origin: proxy.url } });
    expect(out.status()).toBe(204);
    expect(await status()).toBe(401);
    await leaves(page);
  });
});
