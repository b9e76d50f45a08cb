import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDashboard, type Dashboard } from "../sandbox/dashboard.ts";
import { kubectl } from "../sandbox/scenario/actions.ts";
import { expectTruth } from "./faults/cluster-truth.ts";
import { logIn } from "./faults/faulty-dashboard.ts";
import { fillDisk } from "./faults/full-disk.ts";
import { installWords, wordOf } from "./faults/words.ts";
import { expect, leaves, listens, login, sandbox, test } from "./fixtures.ts";

const namespace = "disk-full";
const staging = "flux-kustomization/flux-system/doc-router-staging";
const noRoom = "there is no room left for temporary files on the Driftglass server";
const notRecorded = "Releases are not being recorded";

test.describe("a Driftglass whose disk is full", () => {
  test.describe.configure({ timeout: 240_000 });
  // What it writes: private homes of programs, unpacked artifacts, and records of releases.
  const folder = mkdtempSync(join(tmpdir(), "driftglass-full-"));
  let own: Dashboard;

  test.beforeAll(async () => {
    await installWords(sandbox, namespace);
    const log = join(sandbox.stateDirectory, "logs", "disk-full.log");
    own = await startDashboard(sandbox, log, undefined, {
      TMPDIR: folder,
      DRIFTGLASS_RECORDS: join(folder, "records"),
    });
  });
  test.afterAll(async () => {
    await own.stop();
    rmSync(folder, { recursive: true, force: true });
    await kubectl(sandbox, ["delete", "namespace", namespace, "--timeout=60s", "--ignore-not-found"]);
  });

  test("says so where it matters, shows what is so, changes nothing, and goes on when there is room", async ({
    page,
  }) => {
    fillDisk(own, true);
    const person = await logIn(own.url, login("admin"));
    const { cookie } = person;
    const read = async (path: string): Promise<string> =>
      await (await fetch(`${own.url}/api/v1/applications/${path}`, { headers: { cookie } })).text();
    const revisions = async (): Promise<string> =>
      (await kubectl(sandbox, ["get", "secrets", "-n", namespace, "-l", "owner=helm", "-o", "name"])).stdout;

    await expectTruth(sandbox, person.list);
    // An artifact can't be unpacked: whether there is drift is not known, and that is what is said.
    await expect.poll(() => read(`${staging}/drift`), { timeout: 60_000 }).toContain(noRoom);
    await expect.poll(() => read(`${staging}/history`), { timeout: 60_000 }).toContain(notRecorded);
    const before = await revisions();
    const rollBack = () => person.act(`helm/${namespace}/words`, "rollback", { revision: "1" });
    const refused = await rollBack();
    expect([refused.status, refused.body["code"]], JSON.stringify(refused.body)).toEqual([507, "helm-full"]);
    expect(refused.body["detail"]).toContain(noRoom);
    expect(await wordOf(sandbox, namespace)).toBe("second");
    expect(await revisions()).toBe(before);
    const [name = "", value = ""] = cookie.split("=");
    await page.context().addCookies([{ name, value, url: own.url }]);
    await page.goto(`${own.url}/apps/${staging}?tab=drift`);
    await listens(page);
    await expect(page.getByText(noRoom).first()).toBeVisible({ timeout: 30_000 });

    fillDisk(own, false);
    const { status, body } = await rollBack();
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await wordOf(sandbox, namespace)).toBe("first");
    await expect.poll(() => read(`${staging}/drift`), { timeout: 120_000 }).not.toContain(noRoom);
    await expect(page.getByText(noRoom)).toHaveCount(0, { timeout: 60_000 });
    await expectTruth(sandbox, person.list);
    await person.logOut();
    await leaves(page);
  });
});
