import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { logIn, type Person, until } from "../testing/person.ts";

// Against the sandbox: releases of this file's own, in a namespace of its own, by the real helm.
const namespace = "helm-actions-test";
const unit = (name: string): ApplicationRef => ({ engine: "helm", namespace, name });
const secret = "planted-helm-actions-token";

/** A chart with everything that an uninstall has to tell apart, and tests of which one fails where that is asked for. */
const chart: Readonly<Record<string, string>> = {
  "Chart.yaml":
    "apiVersion: v2\nname: probe\nversion: 1.0.0\nappVersion: '3'\ndependencies: [{name: side, version: 0.1.0, condition: side.enabled}]\n",
  "charts/side/Chart.yaml": "apiVersion: v2\nname: side\nversion: 0.1.0\n",
  "charts/side/values.yaml": "words: none\n",
  "charts/side/templates/config.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-side"}
data: {words: "{{ .Values.words }}"}
`,
  "values.yaml": "failing: false\nstuck: false\nreplicas: 1\nside: {enabled: false}\n",
  "templates/NOTES.txt": "{{ .Release.Name }} is at revision {{ .Release.Revision }}.",
  "templates/objects.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}"}
data: {replicas: "{{ .Values.replicas }}"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-kept", annotations: {helm.sh/resource-policy: keep}}
data: {keep: me}
---
apiVersion: v1
kind: Secret
metadata: {name: "{{ .Release.Name }}-token"}
stringData: {TOKEN: ${secret}}
`,
  "templates/stuck.yaml": `{{- if .Values.stuck }}
apiVersion: v1
kind: Pod
metadata: {name: "{{ .Release.Name }}-stuck", annotations: {helm.sh/hook: pre-upgrade}}
spec:
  containers: [{name: stuck, image: registry.example.com/house/probe:1}]
{{- end }}
`,
  "templates/tests.yaml": `apiVersion: batch/v1
kind: Job
metadata: {name: "{{ .Release.Name }}-counts", annotations: {helm.sh/hook: test, helm.sh/hook-weight: "1"}}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{name: counts, image: registry.example.com/house/probe:1}]
{{- if .Values.failing }}
---
apiVersion: v1
kind: Pod
metadata:
  name: "{{ .Release.Name }}-answers"
  annotations:
    helm.sh/hook: test
    helm.sh/hook-weight: "2"
    driftglass.sandbox/behaviour: fail
    driftglass.sandbox/log: "no answer, with token ${secret}"
spec:
  restartPolicy: Never
  containers: [{name: answers, image: registry.example.com/house/probe:1}]
{{- end }}
`,
};

let admin: Person;
let viewer: Person;
let folder = "";
beforeAll(async () => {
  [admin, viewer] = await Promise.all([logIn("admin"), logIn("viewer")]);
  folder = await mkdtemp(join(tmpdir(), "driftglass-chart-"));
  await Promise.all(
    ["templates", "charts/side/templates"].map(async (name) => await mkdir(join(folder, name), { recursive: true })),
  );
  await Promise.all(Object.entries(chart).map(async ([name, text]) => await writeFile(join(folder, name), text)));
  await admin.run("kubectl", "create", "namespace", namespace);
  await until(() => [admin, viewer].every(({ view }) => view.ready()));
}, 60_000);
afterAll(async () => {
  await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
  await Promise.all([admin, viewer].map(({ view }) => view.close()));
  await rm(folder, { recursive: true });
});

async function install(name: string, ...set: string[]): Promise<void> {
  const values = set.flatMap((assignment) => ["--set", assignment]);
  const args = ["upgrade", "--install", name, folder, "-n", namespace, "-o", "json", ...values];
  const { version } = JSON.parse(await admin.run("helm", ...args)) as { version: number };
  // Who asks for something before the list has what helm wrote last is told so, and nothing is done.
  await until(() =>
    [admin, viewer].every(({ view }) => {
      const row = view.application(unit(name));
      const read = row?.revision.applied === String(version) && !row.health.reason?.startsWith("pending-");
      return read && view.desired(unit(name))?.facts?.hooks !== undefined;
    }),
  );
}

const configMaps = async (): Promise<string[]> =>
  (await admin.run("kubectl", "get", "configmaps", "-n", namespace, "-o", "name"))
    .split("\n")
    .filter((name) => name !== "" && !name.endsWith("kube-root-ca.crt"))
    .map((name) => name.slice("configmap/".length));

describe("helm test", () => {
  it("passes, and shows each Pod with its verdict and log", async () => {
    await install("good");
    expect(await admin.act(unit("good"), "test", { preview: true })).toMatchObject({
      accepted: true,
      message: "One test of revision 1 of good would run: Job/good-counts.",
    });
    const result = await admin.act(unit("good"), "test");
    expect(result.message).toBe("The test of revision 1 of Helm release helm-actions-test/good passed.");
    expect(result.evidence).toMatchObject([{ ref: { kind: "Pod" }, verdict: "succeeded", failed: false }]);
    expect(result.evidence?.[0]?.log).not.toBe("");
    const status = JSON.parse(await admin.run("helm", "status", "good", "-n", namespace, "-o", "json")) as {
      hooks?: { last_run: { phase: string } }[];
    };
    expect(status.hooks?.map((hook) => hook.last_run.phase)).toEqual(["Succeeded"]);
  }, 120_000);

  it("fails, and shows which Pod ended with which exit code and last words; the release stays deployed", async () => {
    await install("bad", "failing=true");
    const result = await admin.act(unit("bad"), "test");
    expect(result.message).toMatch(/^1 of 2 tests of revision 1 of .* failed: Pod\/bad-answers\.$/);
    expect(result.evidence?.find(({ failed }) => failed)).toMatchObject({
      ref: { kind: "Pod", name: "bad-answers" },
      verdict: "failed: answers exited with 1",
      log: expect.stringContaining("no answer, with token"),
    });
    expect(JSON.stringify(result)).not.toContain(secret);
    await until(() =>
      (admin.view.application(unit("bad"))?.reasons ?? []).some(
        ({ text, ref }) => text.startsWith("test Pod/bad-answers failed") && ref?.kind === "Pod",
      ),
    );
    expect(admin.view.application(unit("bad"))?.sync.status).toBe("Synced");
    const hooks = admin.view.resources(unit("bad"))?.filter(({ hook }) => hook === true);
    expect(hooks?.map(({ ref }) => ref.name)).toEqual(["bad-answers", "bad-counts"]);
  }, 120_000);

  it("is refused to who may not create the tests, and where there are none", async () => {
    await expect(viewer.act(unit("good"), "test")).rejects.toMatchObject({ problem: { status: 403 } });
    const [permission] = (
      await admin.actions.permissions(admin.view, { engine: "helm", namespace: "platform", name: "legacy-dns" })
    ).filter(({ action }) => action === "test");
    expect(permission).toEqual({ action: "test", allowed: false, reason: "its chart has no tests" });
  });
});

describe("helm rollback", () => {
  it("brings a release out of pending-upgrade, whose helm went away", async () => {
    await install("stuck");
    const env = { ...process.env, KUBECONFIG: admin.sandbox.logins.find(({ name }) => name === "admin")?.kubeconfig };
    const args = ["upgrade", "stuck", folder, "-n", namespace, "--set", "stuck=true"];
    const helm = spawn(join(admin.sandbox.binDirectory, "helm"), args, { env, stdio: "ignore" });
    const ended = new Promise((resolve) => helm.on("close", resolve));
    await admin
      .run("kubectl", "wait", "--for=create", "pod/stuck-stuck", "-n", namespace, "--timeout=30s")
      .finally(() => helm.kill("SIGKILL"));
    await ended;
    await until(() => admin.view.application(unit("stuck"))?.health.reason === "pending-upgrade");
    await expect(admin.act(unit("stuck"), "rollback", { revision: "2", preview: true })).rejects.toMatchObject({
      problem: { status: 422, title: "Revision 2 of stuck is pending-upgrade: it was never finished." },
    });
    const preview = await admin.act(unit("stuck"), "rollback", { revision: "1", preview: true });
    expect(preview.warnings.join(" ")).toContain("make sure that nobody's helm is still at work on it");
    await admin.act(unit("stuck"), "rollback", { revision: "1" });
    await until(() => admin.view.application(unit("stuck"))?.health.status === "Healthy");
    expect((await admin.view.history(unit("stuck")))?.items.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "3 deployed",
      "2 pending-upgrade",
      "1 superseded",
    ]);
  }, 120_000);

  it("keeps what subcharts have made: a record has their manifests, but not their templates", async () => {
    const words = async (): Promise<string> =>
      await admin.run("kubectl", "get", "configmap", "mother-side", "-n", namespace, "-o", "jsonpath={.data.words}");
    await install("mother", "side.enabled=true", "side.words=first");
    await install("mother", "side.enabled=true", "side.words=second");
    await until(() => admin.view.application(unit("mother"))?.revision.applied === "2");
    await admin.run("kubectl", "delete", "configmap", "mother-side", "-n", namespace);
    await admin.act(unit("mother"), "sync");
    expect(await words()).toBe("second");
    await admin.act(unit("mother"), "rollback", { revision: "1" });
    expect(await words()).toBe("first");
  }, 120_000);
});

describe("helm uninstall", () => {
  it("lists what it deletes and what stays, and deletes nothing as a preview", async () => {
    await install("gone");
    const before = await configMaps();
    const preview = await admin.act(unit("gone"), "uninstall", { preview: true });
    expect(preview.accepted).toBe(true);
    expect(preview.changes?.map(({ ref, change }) => `${change} ${ref.kind}/${ref.name}`)).toEqual([
      "removed ConfigMap/gone",
      "removed Secret/gone-token",
    ]);
    expect(preview.warnings).toContain(
      "These stay because they ask to be kept (helm.sh/resource-policy): ConfigMap/gone-kept.",
    );
    expect(preview.message).toContain("removes its history (1 revision) for good");
    expect(JSON.stringify(preview)).not.toContain(secret);
    expect(await configMaps()).toEqual(before);
  }, 60_000);

  it("with its history kept can be rolled back", async () => {
    await install("gone", "replicas=2");
    const result = await admin.act(unit("gone"), "uninstall", { keepHistory: true });
    expect(result.message).toBe("Helm release helm-actions-test/gone is uninstalled; its history is kept.");
    expect((await configMaps()).filter((name) => name.startsWith("gone"))).toEqual(["gone-kept"]);
    await until(() => admin.view.application(unit("gone"))?.health.reason === "uninstalled");
    expect(admin.view.application(unit("gone"))?.health.status).toBe("Missing");
    await expect(admin.act(unit("gone"), "uninstall", { keepHistory: true })).rejects.toMatchObject({
      problem: { status: 422 },
    });
    await admin.act(unit("gone"), "rollback", { revision: "1" });
    await until(() => admin.view.application(unit("gone"))?.health.status === "Healthy");
    expect(await configMaps()).toContain("gone");
  }, 120_000);

  it("takes the release off the list with its history; what asks to be kept stays", async () => {
    await admin.act(unit("gone"), "uninstall");
    await until(() => admin.view.application(unit("gone")) === undefined);
    expect((await configMaps()).filter((name) => name.startsWith("gone"))).toEqual(["gone-kept"]);
    await expect(admin.run("helm", "status", "gone", "-n", namespace)).rejects.toThrow("not found");
    expect(admin.audit.at(-1)).toMatchObject({ action: "uninstall", result: "accepted" });
  }, 60_000);

  it("is refused to who may not delete what it has made", async () => {
    await expect(viewer.act(unit("good"), "uninstall")).rejects.toMatchObject({
      problem: { status: 403, detail: expect.stringContaining("delete on secrets in helm-actions-test") },
    });
  });

  it("is not offered for a release that a HelmRelease makes: its controller would install it again", async () => {
    const gateway: ApplicationRef = { engine: "flux-helmrelease", namespace: "platform", name: "gateway" };
    const permissions = await admin.actions.permissions(admin.view, gateway);
    expect(permissions.filter(({ action }) => action === "uninstall" || action === "test")).toEqual([]);
  });
});
