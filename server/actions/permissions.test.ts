import { describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { memoryStore } from "#server/engines/testing/memory-store.ts";
import { type AccessAttributes, type ClusterAccess, describeAccess } from "#server/kube/access.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { UnitContext } from "./action-handler.ts";
import { permissionsOf } from "./permissions.ts";

/** Allows what the predicate allows, and keeps what it was asked. */
function accessOf(allows: (attributes: AccessAttributes) => boolean): {
  access: ClusterAccess;
  batches: (readonly AccessAttributes[])[];
} {
  const batches: (readonly AccessAttributes[])[] = [];
  const access: ClusterAccess = {
    review(attributes) {
      batches.push(attributes);
      return Promise.resolve(
        attributes.map((entry) =>
          allows(entry)
            ? { attributes: entry, allowed: true }
            : { attributes: entry, allowed: false, reason: describeAccess(entry) },
        ),
      );
    },
    readableNamespaces: () => Promise.resolve([]),
  };
  return { access, batches };
}

function contextOf(unit: ApplicationRef, access: ClusterAccess, object: KubeObject | undefined): UnitContext {
  const inventory = [{ ref: { group: "apps", kind: "Deployment", namespace: "shop", name: "web" } }];
  const plurals: Record<string, string> = {
    Deployment: "deployments",
    HelmRelease: "helmreleases",
    Kustomization: "kustomizations",
    Secret: "secrets",
  };
  const discovery = {
    resolve: ({ group, kind }: { group: string; kind: string }) => ({
      group,
      kind,
      version: "v1",
      plural: plurals[kind] ?? "",
      namespaced: true,
      verbs: [],
    }),
  };
  const io = { store: memoryStore([]), discovery, tools: { locate: () => Promise.resolve("/bin/helm") } };
  return {
    view: { access, desired: () => undefined },
    io,
    unit,
    reading: { inventory },
    application: {},
    object,
  } as unknown as UnitContext;
}

const release: ApplicationRef = { engine: "flux-helmrelease", namespace: "shop", name: "web" };
const helmRelease = (spec: object, annotations: Record<string, string> = {}): KubeObject => ({
  apiVersion: "helm.toolkit.fluxcd.io/v2",
  kind: "HelmRelease",
  metadata: { name: "web", namespace: "shop", annotations },
  spec,
});
const words = async (context: UnitContext) =>
  Object.fromEntries((await permissionsOf(context)).map(({ action, allowed, reason }) => [action, allowed || reason]));

describe("permissionsOf", () => {
  it("asks for everything in one batch, each thing once", async () => {
    const { access, batches } = accessOf(() => true);
    await permissionsOf(contextOf(release, access, helmRelease({})));
    expect(batches).toHaveLength(1);
    expect(new Set(batches[0]?.map((entry) => JSON.stringify(entry))).size).toBe(batches[0]?.length);
  });

  it("names the missing permission in words", async () => {
    const { access } = accessOf(({ resource }) => resource !== "helmreleases");
    expect(await words(contextOf(release, access, helmRelease({})))).toMatchObject({
      sync: "needs patch on helmreleases.helm.toolkit.fluxcd.io in shop",
      restart: true,
    });
  });

  it("says what the state of a suspended unit does not allow", async () => {
    const { access } = accessOf(() => true);
    expect(await words(contextOf(release, access, helmRelease({ suspend: true })))).toEqual({
      sync: "suspended: resume it first",
      rollback: true,
      suspend: "it is suspended already",
      resume: true,
      "release-hold": "nothing is being held",
      restart: true,
    });
  });

  it("offers to release a hold and nothing that would end it unseen", async () => {
    const { access } = accessOf(() => true);
    const held = helmRelease({ suspend: true }, { "driftglass.io/hold": "{}" });
    expect(await words(contextOf(release, access, held))).toMatchObject({
      sync: "an earlier revision is being kept: release the hold first",
      resume: "an earlier revision is being kept: release the hold instead",
      "release-hold": true,
    });
  });

  it("says that helm is missing on the server, and where to get it", async () => {
    const { access } = accessOf(() => true);
    const context = contextOf({ engine: "helm", namespace: "shop", name: "web" }, access, undefined);
    const without = {
      ...context,
      io: { ...context.io, tools: { ...context.io.tools, locate: () => Promise.resolve(undefined) } },
    };
    expect((await words(without))["rollback"]).toMatch(
      /^helm is not installed on the Driftglass server: .*DRIFTGLASS_HELM/,
    );
  });

  it("says why a Kustomization can't be held: its source, or that it is suspended", async () => {
    const { access } = accessOf(() => true);
    const unit: ApplicationRef = { engine: "flux-kustomization", namespace: "shop", name: "web" };
    const rollback = async (spec: object): Promise<unknown> =>
      (
        await words(
          contextOf(unit, access, { apiVersion: "v1", kind: "Kustomization", metadata: { name: "web" }, spec }),
        )
      )["rollback"];
    const from = (kind: string): object => ({ sourceRef: { kind, name: "web" } });
    expect(await rollback(from("GitRepository"))).toBe(true);
    expect(await rollback(from("Bucket"))).toBe("a Bucket can't be pinned to an earlier revision");
    expect(await rollback({ ...from("GitRepository"), suspend: true })).toMatch(/^suspended: nothing would be applied/);
    expect(await rollback({})).toBe("it names no source");
  });
});
