import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActionRequest } from "#lib/model/action.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { ArgoScene } from "../testing/argo-scene.ts";
import { logIn, type Person, until } from "../testing/person.ts";

// Against the sandbox's Argo CD: its own status and the live objects are the judge.
let name = "";
let admin: Person;
let scene: ArgoScene;
let unit: ApplicationRef;

const configMap = (name: string, value: string, more: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data: { value },
  ...more,
});
const hook = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "hook-ran", annotations: { "argocd.argoproj.io/hook": "PreSync" } },
};
const locked = (value: string) => configMap("locked", value, { immutable: true });

/** Syncs and waits for the end of the operation. */
async function sync(request: ActionRequest): Promise<Fields> {
  const before = text((await scene.state(unit)).operation["startedAt"]);
  // Times have whole seconds: two operations of one second could not be told apart.
  await until(() => new Date().toISOString() > new Date(Date.parse(before || "2026-01-01") + 1100).toISOString());
  await admin.act(unit, "sync", request);
  return await scene.ended(unit, before);
}

async function value(of: string): Promise<string> {
  return text(fields((await scene.live("configmap", of))?.["data"])["value"]);
}

beforeAll(async () => {
  admin = await logIn("admin");
  await until(() => admin.view.ready());
  scene = new ArgoScene(admin, "argo-sync");
  name = scene.name;
  await scene.open();
}, 60_000);
afterAll(async () => {
  await scene.close();
  await admin.view.close();
});

describe("a sync", () => {
  let first = "";
  let second = "";
  beforeAll(async () => {
    first = await scene.commit({ "web/all.yaml": [configMap("a", "1"), configMap("b", "1"), locked("1")] });
    unit = await scene.application(name, {
      source: scene.source("web"),
      syncPolicy: { syncOptions: ["PruneLast=true"], retry: { limit: 1 } },
    });
  }, 60_000);

  it("goes to a revision, with the spec's options and retry, in the person's name", async () => {
    second = await scene.commit({ "web/all.yaml": [configMap("a", "2"), hook, locked("2")] });
    expect(await sync({ revision: first })).toMatchObject({
      phase: "Succeeded",
      operation: {
        initiatedBy: { username: "system:serviceaccount:driftglass-logins:admin" },
        retry: { limit: 1 },
        sync: { revision: first, syncOptions: ["PruneLast=true"] },
      },
      syncResult: { revision: first },
    });
    expect((await scene.state(unit)).history.map(({ revision }) => revision)).toEqual([first]);
    expect([await value("a"), await value("b")]).toEqual(["1", "1"]);
  });

  it("refreshes, softly and hard: Argo CD takes the wish off and has compared anew", async () => {
    for (const hard of [false, true]) {
      const before = text((await scene.state(unit)).status["reconciledAt"]);
      await until(() => Date.now() > Date.parse(before) + 1100);
      await admin.act(unit, "refresh", { hard });
      await until(async () => {
        const { object, status } = await scene.state(unit);
        const open = object.metadata.annotations?.["argocd.argoproj.io/refresh"];
        return open === undefined && text(status["reconciledAt"]) > before;
      });
    }
    const { status } = await scene.state(unit);
    expect(fields(status["sync"])).toMatchObject({ status: "OutOfSync", revision: second });
  });

  it("tried as a dry run changes nothing and writes no history", async () => {
    expect(await sync({ dryRun: true, prune: true, force: true })).toMatchObject({
      operation: { sync: { dryRun: true, prune: true, syncStrategy: { hook: { force: true } } } },
    });
    expect([await value("a"), await value("b")]).toEqual(["1", "1"]);
    expect((await scene.state(unit)).history.length).toBe(1);
  });

  it("of selected resources leaves the others, runs no hooks and writes no history", async () => {
    const resources = [{ group: "", version: "v1", kind: "ConfigMap", namespace: name, name: "a" }];
    expect(await sync({ resources })).toMatchObject({ phase: "Succeeded" });
    expect([await value("a"), await value("locked")]).toEqual(["2", "1"]);
    expect(await scene.live("configmap", "hook-ran")).toBeUndefined();
    expect((await scene.state(unit)).history.length).toBe(1);
  });

  it("fails on what can't be changed in place, and with force makes it anew; apply only runs no hooks", async () => {
    const uid = (await scene.live("configmap", "locked"))?.metadata.uid;
    expect(await sync({ applyOnly: true })).toMatchObject({ phase: "Failed" });
    expect(await sync({ applyOnly: true, force: true })).toMatchObject({ phase: "Succeeded" });
    expect(await value("locked")).toBe("2");
    expect((await scene.live("configmap", "locked"))?.metadata.uid).not.toBe(uid);
    expect(await scene.live("configmap", "hook-ran")).toBeUndefined();
  });

  it("runs hooks, and deletes what the source has no more only with prune", async () => {
    expect(await sync({})).toMatchObject({ phase: "Succeeded" });
    expect(await scene.live("configmap", "hook-ran")).toBeDefined();
    expect(await value("b")).toBe("1");
    const pruned = [{ change: "removed", ref: { kind: "ConfigMap", name: "b" } }];
    await until(async () => {
      const { changes } = await admin.act(unit, "sync", { preview: true, prune: true });
      return changes?.length === 1;
    });
    expect(await admin.act(unit, "sync", { preview: true, prune: true })).toMatchObject({ changes: pruned });
    expect(await sync({ prune: true })).toMatchObject({ phase: "Succeeded" });
    // It deletes in the foreground: the object goes a moment later.
    await until(async () => (await scene.live("configmap", "b")) === undefined);
  });

  it("applies on the server's side, and replaces whole, when that is asked for once", async () => {
    const operations = async (): Promise<unknown[]> =>
      ((await scene.live("configmap", "a"))?.metadata.managedFields ?? [])
        .filter(({ manager }) => manager === "argocd-controller")
        .map(({ operation }) => operation);
    expect(await operations()).not.toContain("Apply");
    expect(await sync({ serverSideApply: true })).toMatchObject({
      operation: { sync: { syncOptions: ["PruneLast=true", "ServerSideApply=true"] } },
    });
    expect(await operations()).toContain("Apply");
    await admin.run("kubectl", "patch", "configmap", "a", "-n", name, "-p", '{"data":{"extra":"by hand"}}');
    expect(await sync({ replace: true })).toMatchObject({ phase: "Succeeded" });
    expect((await scene.live("configmap", "a"))?.["data"]).toEqual({ value: "2" });
  });

  it("that hangs in a hook is terminated, and a second one is refused meanwhile", async () => {
    const pod = { containers: [{ name: "wait", image: "registry.example.com/wait:1" }], nodeSelector: { no: "where" } };
    await scene.commit({
      "web/all.yaml": [
        configMap("a", "3"),
        locked("2"),
        {
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { name: "never-ends", annotations: { "argocd.argoproj.io/hook": "PreSync" } },
          spec: { template: { spec: { ...pod, restartPolicy: "Never" } } },
        },
      ],
    });
    const before = text((await scene.state(unit)).operation["startedAt"]);
    await admin.act(unit, "sync");
    await until(async () => text((await scene.state(unit)).operation["message"]).includes("never-ends"));
    await expect(admin.act(unit, "sync")).rejects.toMatchObject({ problem: { status: 409 } });
    await admin.act(unit, "terminate");
    expect(await scene.ended(unit, before)).toMatchObject({
      phase: "Failed",
      message: expect.stringContaining("terminated"),
    });
    expect(await value("a")).toBe("2");
  });
});

describe("an Application of many sources", () => {
  it("goes to a revision for each, back with auto-sync off, and forward again as it was", async () => {
    const both = (left: string, right: string) => ({
      "left/left.yaml": [configMap("left", left)],
      "right/right.yaml": [configMap("right", right)],
    });
    const one = await scene.commit(both("1", "1"));
    const two = await scene.commit(both("2", "2"));
    const sources = [scene.source("left"), scene.source("right")];
    unit = await scene.application(`${name}-many`, { sources });
    await expect(admin.act(unit, "sync", { revision: one })).rejects.toMatchObject({ problem: { status: 409 } });
    expect(await sync({ revisions: [one, ""] })).toMatchObject({ phase: "Succeeded" });
    expect([await value("left"), await value("right")]).toEqual(["1", "2"]);
    expect((await scene.state(unit)).history.map(({ revisions }) => revisions)).toEqual([[one, two]]);

    const policy = { automated: { selfHeal: true }, syncOptions: ["ApplyOutOfSyncOnly=true"] };
    await scene.apply({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: unit.name, namespace: "argocd", labels: { scene: name } },
      spec: {
        project: "default",
        destination: (await scene.state(unit)).spec["destination"],
        sources,
        syncPolicy: policy,
      },
    });
    await until(async () => {
      const { history, object } = await scene.state(unit);
      // The history is written before the operation is taken off.
      return (await value("left")) === "2" && history.length === 2 && object["operation"] === undefined;
    });
    await until(async () => list((await admin.view.history(unit))?.items).length === 2);
    await expect(admin.act(unit, "sync", { revisions: [one, ""] })).rejects.toMatchObject({
      problem: { detail: expect.stringContaining("Auto-sync is on") },
    });
    const target = (await admin.view.history(unit))?.items.find(({ restorable }) => restorable);
    await admin.act(unit, "rollback", { revision: target?.id ?? "" });
    await until(async () => (await value("left")) === "1" && (await value("right")) === "2");
    expect((await scene.state(unit)).spec["syncPolicy"]).toMatchObject({ automated: { enabled: false } });
    await until(() => admin.view.application(unit)?.hold !== undefined);
    await until(async () => text((await scene.state(unit)).operation["phase"]) === "Succeeded");

    await admin.act(unit, "release-hold");
    expect((await scene.state(unit)).spec["syncPolicy"]).toEqual(policy);
    expect(Object.keys((await scene.state(unit)).object.metadata.annotations ?? {}).join()).not.toContain("driftglass");
    await until(async () => (await value("left")) === "2");
  });
});
