import { describe, expect, it } from "vitest";
import { applicationKey } from "#lib/model/application.ts";
import { expectedApplications } from "./expected.ts";
import { plantedSecretValues } from "./secrets.ts";

describe("the table of expected applications", () => {
  it("names each application once", () => {
    const keys = expectedApplications.map(applicationKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has applications of every engine, and every verdict that a person meets", () => {
    expect(new Set(expectedApplications.map((row) => row.engine))).toEqual(
      new Set(["flux-kustomization", "flux-helmrelease", "argocd", "helm", "kubectl"]),
    );
    expect(new Set(expectedApplications.map((row) => row.health))).toEqual(
      new Set(["Healthy", "Degraded", "Progressing", "Suspended"]),
    );
  });

  it("gives a reason wherever something is wrong", () => {
    const unexplained = expectedApplications.filter(
      (row) => row.health !== "Healthy" && !row.suspended && row.reason === undefined,
    );
    expect(unexplained.map(applicationKey)).toEqual([]);
  });

  it("says Suspended of what is suspended and of nothing else", () => {
    expect(expectedApplications.filter((row) => row.suspended !== (row.health === "Suspended"))).toEqual([]);
  });

  it("has drift in at least four applications, each with a value that differs from the applied one", () => {
    const drifted = expectedApplications.map((row) => row.drift).filter((drift) => drift.status === "Drifted");
    expect(drifted.length).toBeGreaterThanOrEqual(4);
    expect(drifted.filter((drift) => drift.field !== undefined && drift.live === drift.desired)).toEqual([]);
  });

  it("shows Secret values that are planted only", () => {
    for (const { drift } of expectedApplications) {
      if (drift.status !== "Drifted" || drift.kind !== "Secret") continue;
      expect(plantedSecretValues).toContain(drift.live);
      expect(plantedSecretValues).toContain(drift.desired);
    }
  });

  it("has a release, a Kustomization and a workload in the team's namespace", () => {
    const engines = expectedApplications.filter((row) => row.namespace === "team-a").map((row) => row.engine);
    expect(new Set(engines)).toEqual(new Set(["flux-kustomization", "flux-helmrelease", "helm", "kubectl"]));
    expect(expectedApplications.some((row) => row.namespace === "doc-router-staging")).toBe(true);
  });
});
