import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { automationKey, automationKinds } from "#lib/model/automation.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { automationGroupKind } from "#server/sources/automation/kinds.ts";
import { applyObjects } from "../testing/apply-objects.ts";
import { AutomationScene } from "../testing/automation-scene.ts";
import { logIn, type Person, until } from "../testing/person.ts";

/*
 * Against the sandbox. Notifications are the real ones: their kinds and their controller run there. The kinds of the Flux Operator are defined here as
 * far as names go: it is no part of the sandbox. For image automation see image-automation.cluster.test.ts.
 */
const namespace = "automation-test";
const address = "https://hooks.example.com/planted-webhook";
const scene = new AutomationScene(namespace);
let admin: Person;
let viewer: Person;

const operator = "fluxcd.controlplane.io";
const foreign = automationKinds.map(automationGroupKind).filter(({ group }) => group === operator);
const pluralOf = (kind: string): string => `${kind.toLowerCase().replace(/y$/, "ie")}s`;

const definition = ({ group, kind }: { group: string; kind: string }): object => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${pluralOf(kind)}.${group}` },
  spec: {
    group,
    scope: "Namespaced",
    names: { kind, plural: pluralOf(kind), singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
});

const get = async (kind: string, name: string): Promise<KubeObject> =>
  JSON.parse(await admin.run("kubectl", "get", kind, name, "-n", namespace, "-o", "json")) as KubeObject;

beforeAll(async () => {
  [admin, viewer] = await Promise.all([logIn("admin"), logIn("viewer")]);
  await applyObjects(
    admin,
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    ...foreign.map(definition),
  );
  await Promise.all(
    foreign.map(({ group, kind }) =>
      admin.run("kubectl", "wait", "--for=condition=Established", `crd/${pluralOf(kind)}.${group}`, "--timeout=30s"),
    ),
  );
  await applyObjects(
    admin,
    scene.manifest("notification.toolkit.fluxcd.io/v1beta3", "Provider", "chat", {
      type: "slack",
      channel: "ops",
      address,
    }),
    scene.manifest("notification.toolkit.fluxcd.io/v1beta3", "Alert", "errors", {
      providerRef: { name: "chat" },
      eventSeverity: "error",
      eventSources: [{ kind: "Kustomization", name: "*" }],
    }),
    scene.manifest("notification.toolkit.fluxcd.io/v1beta3", "Alert", "lost", {
      providerRef: { name: "nobody" },
      eventSources: [{ kind: "Kustomization", name: "*" }],
    }),
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "hook", namespace },
      stringData: { token: "planted-hook-token" },
    },
    scene.manifest("notification.toolkit.fluxcd.io/v1", "Receiver", "pushes", {
      type: "generic",
      secretRef: { name: "hook" },
      resources: [{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", name: "fleet" }],
    }),
  );
  // It is served a moment after it is established.
  const set = scene.manifest("fluxcd.controlplane.io/v1", "ResourceSet", "teams", { inputs: [{ team: "a" }] });
  await until(() =>
    applyObjects(admin, set).then(
      () => true,
      () => false,
    ),
  );
  await until(() => [admin, viewer].every(({ view }) => view.ready()));
  await until(async () => (await scene.listed(admin)).get("Receiver/pushes")?.status.status === "Healthy");
  await until(async () =>
    [admin, viewer].every(({ view }) => foreign.every((kind) => view.discovery.resolve(kind) !== undefined)),
  );
}, 120_000);
afterAll(async () => {
  await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
  await admin.run(
    "kubectl",
    "delete",
    "crd",
    ...foreign.map(({ group, kind }) => `${pluralOf(kind)}.${group}`),
    "--wait=false",
  );
  await Promise.all([admin, viewer].map(({ view }) => view.close()));
});

describe("notifications and the Flux Operator's objects", () => {
  it("are listed with what they do and how they are", async () => {
    const found = await scene.listed(admin);
    expect(
      [...found.values()].map(({ kind, name, status, about }) => ({ kind, name, status: status.status, about })),
    ).toEqual(
      expect.arrayContaining([
        { kind: "Alert", name: "errors", status: "Healthy", about: "errors of all Kustomizations to chat" },
        { kind: "Provider", name: "chat", status: "Healthy", about: "slack at hooks.example.com, ops" },
        {
          kind: "Receiver",
          name: "pushes",
          status: "Healthy",
          about: "generic webhooks reconcile GitRepository fleet",
        },
        { kind: "ResourceSet", name: "teams", status: "Progressing", about: "0 objects from 1 input" },
      ]),
    );
    expect(found.get("Alert/lost")?.status).toMatchObject({
      status: "Degraded",
      message: "its Provider nobody does not exist: nobody is told",
    });
  });

  it("tell no address and no path of a webhook", async () => {
    const text = JSON.stringify([...(await scene.listed(admin)).values()]);
    expect(text).not.toContain("planted");
    expect(text).not.toContain("/hook/");
  });

  it("are reconciled, suspended and resumed in each kind's own way", async () => {
    expect(await scene.act(admin, "Receiver", "pushes", "refresh")).toBe(
      `Receiver ${namespace}/pushes was asked to reconcile now.`,
    );
    await until(async () => {
      const { metadata, status } = (await get("receiver", "pushes")) as KubeObject & {
        status: { lastHandledReconcileAt?: string };
      };
      return status.lastHandledReconcileAt === metadata.annotations?.["reconcile.fluxcd.io/requestedAt"];
    });
    for (const [kind, name] of [
      ["Receiver", "pushes"],
      ["Alert", "errors"],
      ["ResourceSet", "teams"],
    ] as const) {
      await scene.act(admin, kind, name, "suspend");
      expect((await scene.listed(admin)).get(`${kind}/${name}`)).toMatchObject({
        suspended: true,
        status: { status: "Suspended" },
      });
      await expect(scene.act(admin, kind, name, "refresh")).rejects.toMatchObject({ problem: { status: 409 } });
      await scene.act(admin, kind, name, "resume");
      expect((await scene.listed(admin)).get(`${kind}/${name}`)?.suspended).toBe(false);
    }
    expect((await get("resourceset", "teams")).metadata.annotations?.["fluxcd.controlplane.io/reconcile"]).toBe(
      "enabled",
    );
    await expect(scene.act(admin, "Alert", "errors", "refresh")).rejects.toMatchObject({ problem: { status: 409 } });
    expect(
      admin.audit.some(
        ({ unit, action }) =>
          action === "suspend" && unit.endsWith(`/${automationKey({ kind: "Alert", namespace, name: "errors" })}`),
      ),
    ).toBe(true);
  }, 90_000);

  it("are not changed by who may only read", async () => {
    expect((await scene.listed(viewer)).get("Alert/errors")?.permissions).toContainEqual({
      action: "suspend",
      allowed: false,
      reason: `needs patch on alerts.notification.toolkit.fluxcd.io in ${namespace}`,
    });
    await expect(scene.act(viewer, "Alert", "errors", "suspend")).rejects.toMatchObject({ problem: { status: 403 } });
  });
});
