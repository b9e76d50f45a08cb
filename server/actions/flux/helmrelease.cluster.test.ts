import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { count, fields, list, text } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { applyObjects } from "../testing/apply-objects.ts";
import { logIn, type Person, until } from "../testing/person.ts";
import { WorkingCopy } from "../testing/working-copy.ts";

// Against the sandbox: HelmReleases of this file's own, and what the real helm-controller makes of them.
const namespace = "helmrelease-test";
const unit = (name: string, from = namespace): ApplicationRef => ({
  engine: "flux-helmrelease",
  namespace: from,
  name,
});

const chart: Readonly<Record<string, string>> = {
  "chart/Chart.yaml": "apiVersion: v2\nname: probe\nversion: 1.0.0\nappVersion: '3'\n",
  "chart/values.yaml": "words: first\nbroken: false\ntested: ''\n",
  "chart/templates/config.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}"}
data: {words: "{{ .Values.words }}", count: "1"}
{{- if .Values.broken }}
---
apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}"}
spec: {ports: [{port: 99999}]}
{{- end }}
`,
  "chart/templates/tests.yaml": `{{- if .Values.tested }}
apiVersion: batch/v1
kind: Job
metadata: {name: "{{ .Release.Name }}-answers", annotations: {helm.sh/hook: test}}
spec:
  backoffLimit: 0
  template:
    {{- if eq .Values.tested "fail" }}
    metadata: {annotations: {driftglass.sandbox/behaviour: fail}}
    {{- end }}
    spec:
      restartPolicy: Never
      containers: [{name: answers, image: registry.example.com/house/probe:1}]
{{- end }}
`,
};

let admin: Person;
let repository: WorkingCopy;
beforeAll(async () => {
  admin = await logIn("admin");
  repository = await WorkingCopy.open(admin, namespace);
  await repository.push(chart);
  await applyObjects(admin, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await applyObjects(admin, {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "charts", namespace },
    spec: { interval: "24h", url: repository.url, ref: { branch: "main" } },
  });
  await until(() => admin.view.ready());
}, 60_000);
afterAll(async () => {
  await admin.run("kubectl", "delete", "helmrelease", "--all", "-n", namespace, "--wait=true", "--timeout=60s");
  await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
  await admin.view.close();
  await repository.close();
}, 90_000);

const release = (name: string, spec: object): object => ({
  apiVersion: "helm.toolkit.fluxcd.io/v2",
  kind: "HelmRelease",
  metadata: { name, namespace },
  spec: {
    interval: "24h",
    timeout: "20s",
    chart: { spec: { chart: "./chart", interval: "24h", sourceRef: { kind: "GitRepository", name: "charts" } } },
    ...spec,
  },
});

async function object(name: string, from = namespace): Promise<KubeObject> {
  return JSON.parse(await admin.run("kubectl", "get", "helmrelease", name, "-n", from, "-o", "json")) as KubeObject;
}

const change = async (name: string, spec: object): Promise<string> =>
  await admin.run(
    ...([
      "kubectl",
      "patch",
      "helmrelease",
      name,
      "-n",
      namespace,
      "--type=merge",
      "-p",
      JSON.stringify({ spec }),
    ] as const),
  );

const ready = async (name: string, status: "True" | "False"): Promise<boolean> => {
  const current = await object(name);
  const observed = fields(current["status"])["observedGeneration"] === current.metadata.generation;
  return observed && findCondition(conditionsOf(current), "Ready")?.status === status;
};
const statusOf = async (name: string): Promise<Readonly<Record<string, unknown>>> =>
  fields((await object(name))["status"]);
const version = async (name: string): Promise<number> =>
  count(fields(list((await statusOf(name))["history"])[0])["version"]);
const fact = (name: string, label: string, from = namespace): string | undefined =>
  admin.view.detail(unit(name, from))?.facts.find((each) => each.label === label)?.value;

describe("a HelmRelease on the page", () => {
  it("has a history joined with Helm's records: the failed upgrade and the rollback that remedied it", async () => {
    const renderer = unit("invoice-renderer", "billing");
    const items = (await admin.view.history(renderer))?.items ?? [];
    expect(items.map(({ id, status, failed = false, current }) => ({ id, status, failed, current }))).toEqual([
      { id: "3", status: "deployed", failed: false, current: true },
      { id: "2", status: "failed", failed: true, current: false },
      { id: "1", status: "superseded", failed: false, current: false },
    ]);
    expect(items.map(({ message }) => message)).toEqual([
      "Rollback to 1",
      expect.stringMatching(/^Upgrade "invoice-renderer" failed: /),
      "Install complete",
    ]);
    expect(items.find(({ id }) => id === "2")).toMatchObject({
      restorable: false,
      whyNot: expect.stringContaining("failed"),
    });
    const { health } = admin.view.application(renderer) ?? {};
    expect(health).toMatchObject({ status: "Degraded", message: expect.stringContaining("was rolled back") });
    expect(fact("invoice-renderer", "Upgrade remediation", "billing")).toBe("rollback after 0 retries");
  });

  it("says what its tests came to, and which have failed", async () => {
    await applyObjects(
      admin,
      release("tested", { values: { tested: "pass" }, test: { enable: true } }),
      release("untrue", {
        values: { tested: "fail" },
        test: { enable: true },
        install: { remediation: { retries: 0 } },
      }),
    );
    await until(async () => (await ready("tested", "True")) && (await ready("untrue", "False")));
    await until(() => fact("tested", "Tests") === "tested-answers: Succeeded");
    await until(() => fact("untrue", "Tests") === "untrue-answers: Failed");
    await until(() => admin.view.application(unit("tested"))?.health.status === "Healthy");
    await until(() => admin.view.application(unit("untrue"))?.health.status === "Degraded");
    const failed = admin.view.application(unit("untrue"));
    expect(failed?.reasons.map((reason) => reason.text).join("\n")).toMatch(/test/i);
  }, 120_000);

  it("says for which dependency it waits", async () => {
    await applyObjects(admin, release("dependent", { dependsOn: [{ name: "untrue" }] }));
    await until(() => admin.view.application(unit("dependent"))?.health.reason === "DependencyNotReady");
    const { health, reasons } = admin.view.application(unit("dependent")) ?? {};
    expect(health?.status).toBe("Progressing");
    expect(reasons).toContainEqual(
      expect.objectContaining({
        text: expect.stringMatching(/^untrue: /),
        ref: expect.objectContaining({ name: "untrue" }),
      }),
    );
  }, 60_000);

  it("leaves out of its drift what its own rules ignore", async () => {
    const ignore = [{ paths: ["/data/count"], target: { kind: "ConfigMap" } }];
    await applyObjects(admin, release("ignoring", { driftDetection: { mode: "warn", ignore } }));
    await until(async () => await ready("ignoring", "True"));
    await until(() => admin.view.application(unit("ignoring"))?.drift.status === "None");
    const edit = async (data: object): Promise<unknown> =>
      await admin.run("kubectl", "patch", "configmap", "ignoring", "-n", namespace, "-p", JSON.stringify({ data }));
    await edit({ count: "2", words: "second" });
    await until(() => admin.view.application(unit("ignoring"))?.drift.status === "Drifted");
    const drift = await admin.view.drift(unit("ignoring"), { fresh: true });
    expect(drift?.objects.flatMap(({ fields: changed = [] }) => changed.map(({ path }) => path))).toEqual([
      "data.words",
    ]);
    await edit({ words: "first" });
    await until(() => admin.view.application(unit("ignoring"))?.drift.status === "None");
    expect(fact("ignoring", "Drift ignored")).toBe("/data/count of ConfigMap");
  }, 120_000);
});

describe("a sync of a HelmRelease", () => {
  it("makes a new revision only when it is forced", async () => {
    const name = "tested";
    const before = await version(name);
    const handled = async (): Promise<string> => text((await statusOf(name))["lastHandledReconcileAt"]);
    const requested = async (): Promise<string> =>
      (await object(name)).metadata.annotations?.["reconcile.fluxcd.io/requestedAt"] ?? "";
    await admin.act(unit(name), "sync");
    await until(async () => (await handled()) === (await requested()));
    expect(await version(name)).toBe(before);
    await admin.act(unit(name), "sync", { force: true });
    await until(async () => (await version(name)) === before + 1 && (await ready(name, "True")));
    expect((await statusOf(name))["lastHandledForceAt"]).toBe(await requested());
  }, 90_000);

  it("that resets failures is tried again after the last retry, and not without", async () => {
    const name = "hopeless";
    await applyObjects(admin, release(name, { values: { words: "good" } }));
    await until(async () => await ready(name, "True"));
    await change(name, { values: { words: "bad", broken: true } });
    await until(async () => findCondition(conditionsOf(await object(name)), "Stalled")?.status === "True");
    const failed = await version(name);
    await until(() => admin.view.application(unit(name))?.health.status === "Degraded");
    await admin.act(unit(name), "sync");
    await until(
      async () =>
        (await statusOf(name))["lastHandledReconcileAt"] ===
        (await object(name)).metadata.annotations?.["reconcile.fluxcd.io/requestedAt"],
    );
    expect(await version(name)).toBe(failed);
    await admin.act(unit(name), "sync", { hard: true });
    await until(async () => (await version(name)) > failed);
    const status = await statusOf(name);
    expect(status["lastHandledResetAt"]).toBe(
      (await object(name)).metadata.annotations?.["reconcile.fluxcd.io/resetAt"],
    );
  }, 120_000);

  it("is refused while it is held; releasing the hold resumes it, and it upgrades to what its spec says", async () => {
    const name = "held";
    await applyObjects(admin, release(name, { values: { words: "one" } }));
    await until(async () => await ready(name, "True"));
    await change(name, { values: { words: "two" } });
    await until(async () => (await version(name)) === 2 && (await ready(name, "True")));
    await until(
      async () => (await admin.view.history(unit(name)))?.items.find(({ id }) => id === "1")?.restorable === true,
    );
    await admin.act(unit(name), "rollback", { revision: "1" });
    const words = async (): Promise<string> =>
      await admin.run("kubectl", "get", "configmap", name, "-n", namespace, "-o", "jsonpath={.data.words}");
    expect(await words()).toBe("one");
    expect(fields((await object(name))["spec"])["suspend"]).toBe(true);
    await until(() => admin.view.application(unit(name))?.hold?.revision === "1");
    // The controller's own history ends with what it made itself; Helm's is what counts.
    const { version: deployed } = JSON.parse(
      await admin.run("helm", "status", name, "-n", namespace, "-o", "json"),
    ) as {
      version: number;
    };
    expect(deployed).toBe(3);
    await until(
      async () => (await admin.view.history(unit(name)))?.items.find(({ current }) => current)?.id === String(deployed),
    );
    const revisions = (await admin.view.history(unit(name)))?.items.map(({ revision }) => revision);
    expect(new Set(revisions)).toEqual(new Set([admin.view.application(unit(name))?.revision.applied]));
    await until(() => admin.view.application(unit(name))?.drift.status === "None");
    await until(() => admin.view.application(unit(name))?.sync.reason === "ReleaseChanged");
    await expect(admin.act(unit(name), "sync")).rejects.toMatchObject({ problem: { status: 409 } });
    await change(name, { values: { words: "three" } });
    await admin.act(unit(name), "release-hold");
    await until(async () => (await words()) === "three" && (await ready(name, "True")));
    const after = await object(name);
    expect(fields(after["spec"])["suspend"] ?? false).toBe(false);
    expect(after.metadata.annotations?.["driftglass.io/hold"]).toBeUndefined();
  }, 120_000);
});
