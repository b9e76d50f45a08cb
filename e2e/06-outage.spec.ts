import { actOnComponent } from "../sandbox/lifecycle.ts";
import { scale } from "../sandbox/scenario/actions.ts";
import { expect, rows, sandbox, sandboxName, test } from "./fixtures.ts";

test.describe("while kube-apiserver is killed and comes back, the page", () => {
  test.afterEach(async () => actOnComponent("kube-apiserver", "start", sandboxName).catch(() => undefined));

  test("says that it is disconnected, keeps what it knew, and comes back by itself with what happened since", async ({
    page,
    driftglass,
  }) => {
    test.setTimeout(180_000);
    await driftglass.logInAs("admin");
    await driftglass.openList("?q=la");
    await expect(driftglass.row("legacy-dns")).toBeVisible();
    const state = async () => {
      const got = await rows(page.request);
      return [...got.values()]
        .map(
          ({ engine, namespace, name, health, sync }) =>
            `${engine}/${namespace}/${name} ${health.status} ${sync.status}`,
        )
        .toSorted();
    };
    const before = await state();
    const connection = page.getByRole("banner").getByRole("button", { name: /Live|Disconnected|Catching up/i });
    await expect(connection).toContainText("Live");

    await actOnComponent("kube-apiserver", "kill", sandboxName);
    await expect(connection).toContainText(/Disconnected/i, { timeout: 30_000 });
    // Nothing is lost and nothing turns Missing or Unknown because the server can't be asked.
    expect(await state()).toEqual(before);
    await expect(driftglass.row("legacy-dns")).toBeVisible();

    await actOnComponent("kube-apiserver", "start", sandboxName);
    await expect(connection).toContainText("Live", { timeout: 60_000 });
    // An action after the outage arrives without a reload.
    await scale(sandbox, "team-a", "deployment/landing-page", 4);
    await expect(driftglass.row("landing-page")).toContainText(/→ 4/, { timeout: 60_000 });
    await expect.poll(state, { timeout: 60_000 }).toEqual(before);
  });
});
