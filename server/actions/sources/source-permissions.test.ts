import { describe, expect, it } from "vitest";
import { describeAccess, type AccessAttributes, type ClusterAccess } from "#server/kube/access.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { missingForSources, sourcePermissions } from "./source-permissions.ts";

const object = (spec: object): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name: "shop", namespace: "team-a" },
  spec,
});

describe("what may be done with a source", () => {
  const words = (kind: "GitRepository" | "HelmRepository" | "ExternalArtifact", spec: object, missing?: string) =>
    Object.fromEntries(sourcePermissions(kind, object(spec), missing).map(({ action, reason }) => [action, reason]));

  it("is to fetch and suspend one that runs", () => {
    expect(words("GitRepository", {})).toEqual({
      refresh: undefined,
      suspend: undefined,
      resume: "nothing to resume: it is not suspended",
    });
  });

  it("is only to resume a suspended one", () => {
    expect(words("GitRepository", { suspend: true })).toMatchObject({
      refresh: expect.stringContaining("resume it first"),
      resume: undefined,
    });
  });

  it("is not to suspend one that a hold keeps at an earlier revision: it could not go back", () => {
    const pinned = object({});
    const held = { ...pinned, metadata: { ...pinned.metadata, annotations: { "driftglass.io/held-for": "apps/web" } } };
    expect(sourcePermissions("GitRepository", held, undefined)).toContainEqual({
      action: "suspend",
      allowed: false,
      reason: "it is kept at an earlier revision for Kustomization apps/web: release that hold first",
    });
    expect(sourcePermissions("GitRepository", held, undefined)).toContainEqual({ action: "refresh", allowed: true });
  });

  it("is nothing for what Flux does not fetch", () => {
    for (const all of [words("ExternalArtifact", {}), words("HelmRepository", { type: "oci" })])
      expect(Object.values(all)).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
  });

  it("is nothing without the permission, which is said before anything else", () => {
    expect(Object.values(words("GitRepository", { suspend: true }, "needs patch"))).toEqual(
      Array.from({ length: 3 }, () => "needs patch"),
    );
  });
});

describe("the permission to patch sources", () => {
  const asked: AccessAttributes[] = [];
  const access = (allowed: (one: AccessAttributes) => boolean): ClusterAccess => ({
    review: async (attributes) => {
      asked.push(...attributes);
      return attributes.map((one) =>
        allowed(one)
          ? { attributes: one, allowed: true }
          : { attributes: one, allowed: false, reason: describeAccess(one) },
      );
    },
    readableNamespaces: async () => [],
  });
  const discovery = { resolve: () => undefined } as unknown as Discovery;
  const refs = ["team-a", "team-b"].map((namespace) => ({ kind: "GitRepository", namespace, name: "shop" }) as const);

  it("is asked once for all namespaces where that is granted", async () => {
    asked.length = 0;
    const missing = await missingForSources(
      refs,
      access(() => true),
      discovery,
    );
    expect(refs.map(missing)).toEqual([undefined, undefined]);
    expect(asked).toHaveLength(1);
  });

  it("is asked for each namespace where it is not, and named where it is missing", async () => {
    const missing = await missingForSources(
      refs,
      access(({ namespace }) => namespace === "team-a"),
      discovery,
    );
    expect(refs.map(missing)).toEqual([undefined, "needs patch on gitrepositories.source.toolkit.fluxcd.io in team-b"]);
  });
});
