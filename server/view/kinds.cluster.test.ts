import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { applyObjects } from "#server/actions/testing/apply-objects.ts";
import { logIn, type Person } from "#server/actions/testing/person.ts";

// Against the sandbox with its scenario: the cluster stops serving a kind while a view is open, and serves it again.
const group = `${randomUUID().slice(0, 8)}.example.com`;
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `beacons.${group}` },
  spec: {
    group,
    names: { plural: "beacons", singular: "beacon", kind: "Beacon" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};
const beacon = (name: string) => ({
  apiVersion: `${group}/v1`,
  kind: "Beacon",
  metadata: { name, namespace: "team-a" },
});
const run = promisify(execFile);
const cli = join(import.meta.dirname, "../../sandbox/cli.ts");
const sandboxName = process.env["DRIFTGLASS_SANDBOX_NAME"] ?? "default";
const soon = { timeout: 60_000, interval: 100 };
let admin: Person;
const lamp = {
  kind: "kustomizations.kustomize.toolkit.fluxcd.io",
  namespace: "team-a",
  name: `lamp-${group.split(".")[0]}`,
};
const unit = { engine: "flux-kustomization", namespace: lamp.namespace, name: lamp.name } as const;

beforeAll(async () => {
  admin = await logIn("admin");
  // Suspended, so that nobody but this test says what it is made of.
  await applyObjects(admin, {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: lamp.name, namespace: lamp.namespace },
    spec: {
      suspend: true,
      interval: "24h",
      prune: false,
      path: "./",
      sourceRef: { kind: "GitRepository", name: "portal" },
    },
  });
  const status = { inventory: { entries: [{ id: `team-a_lamp_${group}_Beacon`, v: "v1" }] } };
  await patchLamp("--subresource=status", JSON.stringify({ status }));
}, 60_000);

afterAll(async () => {
  await admin.run("kubectl", "delete", lamp.kind, lamp.name, "-n", lamp.namespace);
  await admin.run("kubectl", "delete", "crd", definition.metadata.name, "--ignore-not-found");
  await admin.view.close();
});

const patchLamp = (flag: string, patch: string) =>
  admin.run("kubectl", "patch", lamp.kind, lamp.name, "-n", lamp.namespace, flag, "--type=merge", "-p", patch);
const health = () => admin.view.resources(unit)?.map(({ ref, health }) => [ref.name, health.status]);
const shown = () => [...admin.view.store.list({ group, kind: "Beacon" })].map(({ ref }) => ref.name).toSorted();

/** Has the cluster serve the kind, with these objects. */
async function serve(...names: string[]): Promise<void> {
  await applyObjects(admin, definition);
  await admin.run("kubectl", "wait", "--for=condition=Established", "crd", definition.metadata.name, "--timeout=30s");
  // It is served a moment after it is established.
  await expect
    .poll(
      () =>
        applyObjects(admin, ...names.map(beacon)).then(
          () => true,
          () => false,
        ),
      soon,
    )
    .toBe(true);
}

/** Nothing of the page is held up by a kind that is not there, and what is shown is what the cluster has. */
async function expectTruth(names: string[]): Promise<void> {
  await expect.poll(shown, soon).toEqual(names);
  await expect.poll(() => admin.view.connection().state, soon).toBe("live");
  await expect.poll(() => admin.view.limits(), soon).toEqual([]);
}

it("follows a kind whose definition comes, goes and comes again", { timeout: 240_000 }, async () => {
  await expect.poll(health, soon).toEqual([["lamp", "Missing"]]);
  await expectTruth([]);

  await serve("lamp", "spare");
  await expect.poll(health, soon).toEqual([["lamp", "Healthy"]]);
  await expectTruth(["lamp", "spare"]);

  await admin.run("kubectl", "delete", "crd", definition.metadata.name);
  await expect.poll(health, soon).toEqual([["lamp", "Missing"]]);
  await expectTruth([]);

  await serve("lamp");
  await expect.poll(health, soon).toEqual([["lamp", "Healthy"]]);
  await expectTruth(["lamp"]);
});

it("knows the kinds that are defined all through a restart of the API server", { timeout: 120_000 }, async () => {
  const kinds = [
    { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" },
    { group, kind: "Beacon" },
  ];
  const unknown = new Set<string>();
  const look = async () => {
    // While it starts, it answers for some tenths of a second without any kind of a definition.
    await admin.view.start();
    for (const kind of kinds) if (!admin.view.discovery.resolve(kind)) unknown.add(kind.kind);
    return admin.view.connection().state;
  };
  await expect.poll(look, soon).toBe("live");
  // Its supervisor starts it anew.
  await run(process.execPath, [cli, "kill", "kube-apiserver", "--name", sandboxName]);
  await expect.poll(look, { ...soon, interval: 20 }).toBe("disconnected");
  await expect.poll(look, { ...soon, interval: 20 }).toBe("live");
  expect([...unknown]).toEqual([]);
});
