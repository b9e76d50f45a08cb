import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { syncWindows } from "#lib/model/argocd/sync-window.ts";
import { fields, list } from "#lib/model/health/fields.ts";
import { ArgoScene } from "../testing/argo-scene.ts";
import { logIn, type Person, until } from "../testing/person.ts";

// Against the sandbox: what Argo CD's own API server says of windows, and what its controllers do, is the judge.
const feed: ApplicationRef = { engine: "argocd", namespace: "argocd", name: "price-feed-eu" };
let admin: Person;
let scene: ArgoScene;

beforeAll(async () => {
  admin = await logIn("admin");
  await until(() => admin.view.ready() && admin.view.application(feed) !== undefined);
  scene = new ArgoScene(admin, "argo-rules");
  await scene.open();
}, 60_000);
afterAll(async () => {
  await scene.close();
  await admin.view.close();
});

describe("a project", () => {
  it("whose window denies syncs keeps Driftglass from asking for one that would hang", async () => {
    await expect(admin.act(feed, "sync")).rejects.toMatchObject({
      problem: { status: 409, detail: expect.stringContaining("Freeze until the audit is over") },
    });
    expect((await admin.act(feed, "sync", { preview: true })).accepted).toBe(false);
    const facts = admin.view.detail(feed)?.facts.map(({ label, value }) => `${label}: ${value}`);
    expect(facts).toEqual(
      expect.arrayContaining([
        "Project: price-feeds",
        expect.stringMatching(/^Allowed sources: .*shop\.git$/),
        expect.stringMatching(/^Sync window: denies syncs, open now .*Freeze until the audit is over$/),
        "Made by: ApplicationSet price-feeds",
      ]),
    );
  });

  it("has windows that are judged as Argo CD judges them", async () => {
    const { url, tokens } = admin.sandbox.argocdServer;
    const names = { applications: ["price-*"] };
    const minute = new Date().getUTCMinutes();
    const variants: object[][] = [
      [{ kind: "deny", schedule: "* * * * *", duration: "1h", manualSync: true, ...names }],
      [{ kind: "allow", schedule: `${(minute + 30) % 60} * * * *`, duration: "10m", ...names }],
      [{ kind: "allow", schedule: "*/2 * * * *", duration: "5m", ...names }],
      [{ kind: "deny", schedule: "0 0 1 jan *", duration: "1m", namespaces: ["shop"] }],
      [{ kind: "allow", schedule: "* * * * *", duration: "1h", timeZone: "Asia/Kolkata", clusters: ["https://*"] }],
    ];
    const before = JSON.parse(
      await admin.run("kubectl", "get", "appproject", "price-feeds", "-n", "argocd", "-o", "json"),
    );
    const patch = async (windows: unknown): Promise<void> => {
      const body = JSON.stringify({ spec: { syncWindows: windows } });
      await admin.run("kubectl", "patch", "appproject", "price-feeds", "-n", "argocd", "--type=merge", "-p", body);
    };
    try {
      for (const windows of variants) {
        await patch(windows);
        const subject = { name: feed.name, destination: fields((await scene.state(feed)).spec["destination"]) };
        // Its API server sees the project a moment later.
        await until(async () => {
          const answer = await fetch(`${url}/api/v1/applications/${feed.name}/syncwindows`, {
            headers: { authorization: `Bearer ${tokens.reader}` },
          });
          const theirs = fields(await answer.json());
          const ours = syncWindows({ syncWindows: windows }, subject, Date.now());
          return (
            list(theirs["assignedWindows"]).length === ours.windows.length &&
            JSON.stringify(fields(list(theirs["assignedWindows"])[0])["schedule"]) ===
              JSON.stringify(ours.windows[0]?.schedule) &&
            list(theirs["activeWindows"]).length === ours.windows.filter(({ active }) => active).length &&
            (theirs["canSync"] === true) === (ours.manual === undefined)
          );
        });
      }
    } finally {
      await patch(fields(fields(before)["spec"])["syncWindows"]);
    }
    const message = async (): Promise<string> => (await admin.act(feed, "sync", { preview: true })).message;
    await until(async () => (await message()).includes("Freeze"));
    expect(await message()).toContain("A sync window of its project denies syncs now");
  });

  it("does not let auto-sync be switched off where an ApplicationSet would switch it on again", async () => {
    await expect(admin.act(feed, "suspend")).rejects.toMatchObject({
      problem: { detail: expect.stringContaining("ApplicationSet price-feeds makes it from its template") },
    });
    expect(admin.view.detail(feed)?.facts).toContainEqual({ label: "Made by", value: "ApplicationSet price-feeds" });
  });
});

describe("ignored differences", () => {
  it("are no drift here when they are none for Argo CD, and what it can't be told here is no drift either", async () => {
    const rule = { group: "", kind: "ConfigMap" };
    const jq = '.data | select(.mode == "x") | .other';
    await scene.commit({
      "web/all.yaml": ["pointer", "manager", "jq", "drifted"].map((name) => ({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name },
        data: { value: "1" },
      })),
    });
    const unit = await scene.application(scene.name, {
      source: scene.source("web"),
      ignoreDifferences: [
        { ...rule, name: "pointer", jsonPointers: ["/data/value"] },
        { ...rule, name: "manager", managedFieldsManagers: ["kubectl-patch"] },
        { ...rule, name: "jq", jqPathExpressions: [jq] },
      ],
    });
    expect((await admin.act(unit, "sync", { preview: true })).warnings.join()).toContain(
      "RespectIgnoreDifferences=true",
    );
    await admin.act(unit, "sync");
    await scene.ended(unit, "");
    for (const name of ["pointer", "manager", "jq", "drifted"])
      await admin.run("kubectl", "patch", "configmap", name, "-n", scene.name, "-p", '{"data":{"value":"2"}}');
    const diff = async () => (await admin.view.drift(unit, { fresh: true }))?.objects ?? [];
    await until(async () => {
      const changed = (await diff()).filter(({ change }) => change !== "unchanged");
      return changed.length === 1 && changed[0]?.ref.name === "drifted";
    });
    expect((await diff()).find(({ ref }) => ref.name === "jq")?.note).toContain(jq);
    // Argo CD, which can evaluate the expression, finds the third in order or not by what it says; of the others it says the same.
    await until(async () => {
      const { status } = await scene.state(unit);
      const words = list(status["resources"]).map((entry) => [fields(entry)["name"], fields(entry)["status"]]);
      const told = Object.fromEntries(words) as Record<string, string>;
      return told["pointer"] === "Synced" && told["manager"] === "Synced" && told["drifted"] === "OutOfSync";
    });
  });
});
