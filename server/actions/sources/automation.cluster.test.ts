import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { automationKey, automationKinds, type AutomationKind, type AutomationObject } from "#lib/model/automation.ts";
import type { FluxSourceAction } from "#lib/model/flux-source.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { identify } from "#server/kube/identity.ts";
import { automationGroupKind } from "#server/sources/automation/kinds.ts";
import { applyObjects } from "../testing/apply-objects.ts";
import { logIn, type Person, until } from "../testing/person.ts";

/*
 * Against the sandbox. Notifications are the real ones: their kinds and their controller run there. The kinds of image automation and of the Flux
 * Operator are defined here as far as names go, and their statuses are written here: their controllers are no part of the sandbox.
 */
const namespace = "automation-test";
const address = "https://hooks.example.com/planted-webhook";
let admin: Person;
let viewer: Person;

const versions: Readonly<Record<string, string>> = {
  "image.toolkit.fluxcd.io": "v1",
  "fluxcd.controlplane.io": "v1",
};
const foreign = automationKinds.map(automationGroupKind).filter(({ group }) => group in versions);
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
        name: versions[group],
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
});

const object = (apiVersion: string, kind: AutomationKind, name: string, spec: object): object => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  spec,
});

async function listed(person: Person = admin): Promise<Map<string, AutomationObject>> {
  const { items } = await person.actions.listAutomation(person.view);
  return new Map(
    items.filter((item) => item.namespace === namespace).map((item) => [`${item.kind}/${item.name}`, item]),
  );
}

async function act(
  kind: AutomationKind,
  name: string,
  action: FluxSourceAction,
  person: Person = admin,
): Promise<string> {
  const actor = await identify(person.view.client);
  const call = { view: person.view, object: { kind, namespace, name }, action, request: {}, actor };
  return (await person.actions.performOnAutomation(call)).message;
}

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
    object("notification.toolkit.fluxcd.io/v1beta3", "Provider", "chat", { type: "slack", channel: "ops", address }),
    object("notification.toolkit.fluxcd.io/v1beta3", "Alert", "errors", {
      providerRef: { name: "chat" },
      eventSeverity: "error",
      eventSources: [{ kind: "Kustomization", name: "*" }],
    }),
    object("notification.toolkit.fluxcd.io/v1beta3", "Alert", "lost", {
      providerRef: { name: "nobody" },
      eventSources: [{ kind: "Kustomization", name: "*" }],
    }),
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "hook", namespace },
      stringData: { token: "planted-hook-token" },
    },
    object("notification.toolkit.fluxcd.io/v1", "Receiver", "pushes", {
      type: "generic",
      secretRef: { name: "hook" },
      resources: [{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", name: "fleet" }],
    }),
    object("image.toolkit.fluxcd.io/v1", "ImageRepository", "web", {
      image: "registry.example.com/web",
      interval: "5m",
    }),
    object("image.toolkit.fluxcd.io/v1", "ImagePolicy", "web", {
      imageRepositoryRef: { name: "web" },
      policy: { semver: { range: "2.x" } },
    }),
    object("fluxcd.controlplane.io/v1", "ResourceSet", "teams", { inputs: [{ team: "a" }] }),
  );
  const status = { conditions: [{ type: "Ready", status: "True", reason: "Succeeded" }], latestRef: { tag: "2.4.1" } };
  const patch = JSON.stringify({ status });
  await admin.run(
    "kubectl",
    "patch",
    "imagepolicy",
    "web",
    "-n",
    namespace,
    "--subresource=status",
    "--type=merge",
    "-p",
    patch,
  );
  await until(() => [admin, viewer].every(({ view }) => view.ready()));
  await until(async () => (await listed()).get("Receiver/pushes")?.status.status === "Healthy");
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

describe("image automation, notifications and the Flux Operator's objects", () => {
  it("are listed with what they do and how they are", async () => {
    const found = await listed();
    expect(
      [...found.values()].map(({ kind, name, status, about }) => ({ kind, name, status: status.status, about })),
    ).toEqual(
      expect.arrayContaining([
        { kind: "ImagePolicy", name: "web", status: "Healthy", about: "versions 2.x" },
        { kind: "ImageRepository", name: "web", status: "Progressing", about: "registry.example.com/web" },
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
    expect(found.get("ImagePolicy/web")?.result).toBe("2.4.1");
  });

  it("tell no address and no path of a webhook", async () => {
    const text = JSON.stringify([...(await listed()).values()]);
    expect(text).not.toContain("planted");
    expect(text).not.toContain("/hook/");
  });

  it("are reconciled, suspended and resumed in each kind's own way", async () => {
    expect(await act("Receiver", "pushes", "refresh")).toBe(`Receiver ${namespace}/pushes was asked to reconcile now.`);
    await until(async () => {
      const { metadata, status } = (await get("receiver", "pushes")) as KubeObject & {
        status: { lastHandledReconcileAt?: string };
      };
      return status.lastHandledReconcileAt === metadata.annotations?.["reconcile.fluxcd.io/requestedAt"];
    });
    for (const [kind, name] of [
      ["Receiver", "pushes"],
      ["Alert", "errors"],
      ["ImageRepository", "web"],
      ["ResourceSet", "teams"],
    ] as const) {
      await act(kind, name, "suspend");
      expect((await listed()).get(`${kind}/${name}`)).toMatchObject({
        suspended: true,
        status: { status: "Suspended" },
      });
      await expect(act(kind, name, "refresh")).rejects.toMatchObject({ problem: { status: 409 } });
      await act(kind, name, "resume");
      expect((await listed()).get(`${kind}/${name}`)?.suspended).toBe(false);
    }
    expect((await get("resourceset", "teams")).metadata.annotations?.["fluxcd.controlplane.io/reconcile"]).toBe(
      "enabled",
    );
    await expect(act("Alert", "errors", "refresh")).rejects.toMatchObject({ problem: { status: 409 } });
    expect(
      admin.audit.some(
        ({ unit, action }) =>
          action === "suspend" && unit.endsWith(`/${automationKey({ kind: "Alert", namespace, name: "errors" })}`),
      ),
    ).toBe(true);
  }, 90_000);

  it("are not changed by who may only read", async () => {
    expect((await listed(viewer)).get("Alert/errors")?.permissions).toContainEqual({
      action: "suspend",
      allowed: false,
      reason: `needs patch on alerts.notification.toolkit.fluxcd.io in ${namespace}`,
    });
    await expect(act("Alert", "errors", "suspend", viewer)).rejects.toMatchObject({ problem: { status: 403 } });
  });
});
