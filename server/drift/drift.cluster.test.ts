import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { getIn } from "#lib/diff/json.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { helmHistory } from "#server/desired/helm/history.ts";
import { loadDesired } from "#server/desired/registry.ts";
import { openSandbox, type Followed, type SandboxIo } from "#server/desired/testing/sandbox-io.ts";
import type { Reading } from "#server/engines/engine.ts";
import { fluxBuildArguments } from "#server/tools/flux-args.ts";
import { driftDiff } from "./diff-service.ts";
import { DriftTracker } from "./drift-tracker.ts";
import { revisionDiff } from "./revision-diff.ts";

// Against the sandbox with its scenario (sandbox/scenario): the real control plane, Flux and Helm.
const kinds: Followed[] = [
  { group: "", kind: "Secret", fieldSelector: "type!=helm.sh/release.v1" },
  { group: "", kind: "Secret", labelSelector: "owner=helm", depth: "metadata" },
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Service" },
  { group: "", kind: "ServiceAccount" },
  { group: "apps", kind: "Deployment" },
  { group: "apps", kind: "StatefulSet" },
  { group: "batch", kind: "CronJob" },
  { group: "networking.k8s.io", kind: "Ingress" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" },
  { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" },
  { group: "source.toolkit.fluxcd.io", kind: "GitRepository" },
];
const production: ApplicationRef = {
  engine: "flux-kustomization",
  namespace: "flux-system",
  name: "doc-router-production",
};
const relay: ApplicationRef = { engine: "helm", namespace: "platform", name: "metrics-relay" };
let sandbox: SandboxIo;

const load = (unit: ApplicationRef, from: SandboxIo = sandbox): Promise<DesiredState> =>
  loadDesired(unit, { desiredKey: "test", inventory: [] } as unknown as Reading, from.io);

beforeAll(async () => {
  sandbox = await openSandbox("admin", kinds);
}, 60_000);
afterAll(() => sandbox.close());

describe("Helm's records", () => {
  it("tell the history as helm history does", async () => {
    const expected = JSON.parse(
      await sandbox.run("helm", "history", relay.name, "-n", relay.namespace, "-o", "json"),
    ) as {
      revision: number;
      status: string;
      chart: string;
      app_version: string;
      description: string;
      updated: string;
    }[];
    const history = await helmHistory(relay, sandbox.io);
    expect(
      history.map(({ id, status, chart, appVersion, message, deployedAt }) => ({
        id,
        status,
        chart,
        appVersion,
        message,
        deployedAt,
      })),
    ).toEqual(
      expected.toReversed().map((entry) => ({
        id: String(entry.revision),
        status: entry.status,
        chart: entry.chart,
        appVersion: entry.app_version,
        message: entry.description,
        deployedAt: new Date(entry.updated).toISOString(),
      })),
    );
  });

  it("give every object of helm get manifest, and values of two revisions without Secrets", async () => {
    const manifest = await sandbox.run("helm", "get", "manifest", relay.name, "-n", relay.namespace);
    const desired = await load(relay);
    expect(desired.objects.map(({ object }) => object.kind).sort()).toEqual(
      [...manifest.matchAll(/^kind: (\w+)$/gm)].map((match) => match[1] ?? "").sort(),
    );
    const secrets = JSON.parse(
      await sandbox.run("kubectl", "get", "secrets", "-n", relay.namespace, "-l", "owner!=helm", "-o", "json"),
    ) as { items: { data?: Record<string, string> }[] };
    const values = secrets.items
      .flatMap(({ data }) => Object.values(data ?? {}))
      .map((value) => Buffer.from(value, "base64").toString("utf8"))
      .filter((value) => value.length >= 8);
    const diff = JSON.stringify(await revisionDiff(relay, "1", "6", { io: sandbox.io, desired, revisions: [] }));
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(diff).not.toContain(value);
    expect(diff).toContain("User-supplied values");
  });
});

describe("a Kustomization's desired state", () => {
  it("is what flux build makes of the artifact", async () => {
    const desired = await load(production);
    expect(desired.error).toBeUndefined();
    expect(
      desired.objects.every(
        ({ object }) => object.metadata.labels?.["kustomize.toolkit.fluxcd.io/name"] === production.name,
      ),
    ).toBe(true);
    const inventory = await sandbox.run(
      "kubectl",
      "get",
      "kustomization",
      production.name,
      "-n",
      production.namespace,
      "-o",
      "jsonpath={.status.inventory.entries[*].id}",
    );
    expect(desired.objects.length).toBe(inventory.split(" ").length);
    expect(desired.pruned).toEqual([]);
  });

  it("can't be made to read the server's own files", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hostile-"));
    const kustomization = {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "a", namespace: "b" },
      spec: { interval: "1m", path: "./", prune: true, sourceRef: { kind: "GitRepository", name: "x" } },
    };
    await writeFile(
      join(folder, "kustomization.yaml"),
      `configMapGenerator: [{name: x, files: ["../../../../../etc/passwd"]}]\n`,
    );
    const { code, stdout } = await sandbox.io.tools.run(
      "flux",
      (home) =>
        fluxBuildArguments({
          name: "a",
          namespace: "b",
          path: "./",
          kustomizationFile: join(home, "k.json"),
          offline: true,
          strict: false,
        }),
      { cwd: folder, files: { "k.json": JSON.stringify(kustomization) } },
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    await rm(folder, { recursive: true });
  });

  it("is refused with words to a person who may not read its source", async () => {
    const team = await openSandbox("team", []);
    expect((await load(production, team)).error).toContain("is not there");
    await team.close();
  });
});

describe("drift", () => {
  it("of a scaled StatefulSet is told by its watch, with its manager, and is gone with the undoing", async () => {
    let desired = await load(production);
    const wanted = () => desired.objects.find(({ object }) => object.kind === "StatefulSet")?.object;
    const { name = "", namespace = "" } = wanted()?.metadata ?? {};
    const key = resourceKey({ group: "apps", kind: "StatefulSet", name, namespace });
    const scale = (replicas: number) =>
      sandbox.run("kubectl", "scale", "statefulset", name, "-n", namespace, `--replicas=${replicas}`);
    const replicasOf = (object: unknown) => Number(getIn(object, "spec", "replicas"));
    const before = replicasOf(sandbox.store.get(key)?.object);
    const tracker = new DriftTracker({
      io: sandbox.io,
      now: () => new Date().toISOString(),
      onVerdict: () => undefined,
    });
    sandbox.onChanges((changes) => changes.forEach((change) => tracker.objectChanged(production, change.key)));
    const field = () => tracker.verdict(production)?.objects.get(key)?.fields[0];
    const asDesired = () => tracker.verdict(production)?.equal;

    try {
      // A test before this one may have had its source at another revision for a moment: what this one is about begins as desired.
      const calm = async () => {
        desired = await load(production);
        await scale(replicasOf(wanted()));
        tracker.desiredChanged(production, desired);
        await expect.poll(asDesired, { timeout: 1_000 }).toContain(key);
      };
      await vi.waitFor(calm, { timeout: 60_000, interval: 500 });

      await scale(7);
      await expect
        .poll(field, { timeout: 10_000, interval: 10 })
        .toMatchObject({ path: "spec.replicas", to: "7", manager: "kubectl" });
      expect(tracker.verdict(production)).toMatchObject({ status: "Drifted", exactness: "dry-run" });
      const diff = await driftDiff(production, desired, tracker.verdict(production), sandbox.io);
      // Others may differ, too, while other tests have the source brought back for a moment.
      expect(diff.objects.find(({ ref }) => resourceKey(ref) === key)).toMatchObject({
        change: "changed",
        to: expect.stringContaining("replicas: 7"),
      });

      await scale(replicasOf(wanted()));
      await expect.poll(asDesired, { timeout: 10_000, interval: 10 }).toContain(key);
    } finally {
      await scale(before);
    }
  }, 120_000);

  it("is judged here, and says so, for a person who may not patch", async () => {
    const viewer = await openSandbox(
      "viewer",
      kinds.filter(({ kind }) => kind !== "Secret"),
    );
    const relayRecord = await load(relay, viewer);
    expect(relayRecord.error).toBeUndefined();
    const diff = await driftDiff(relay, relayRecord, undefined, viewer.io, { fresh: true });
    const deployment = diff.objects.find(({ ref }) => ref.kind === "Deployment");
    expect(deployment).toMatchObject({
      change: "unchanged",
      exactness: "local",
      note: expect.stringContaining("needs patch on deployments.apps in platform"),
    });
    await viewer.close();
  }, 30_000);
});
