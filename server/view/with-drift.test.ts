import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import type { Reading } from "#server/engines/engine.ts";
import { withDrift } from "./with-drift.ts";

const ref = { group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "backend" };

function reading(engine: Application["engine"], drift: Application["drift"], desiredMissing?: string): Reading {
  const application: Application = {
    cluster: "c",
    engine,
    namespace: "shop",
    name: "backend",
    uid: "u",
    health: { status: "Healthy" },
    sync: { status: "Synced" },
    drift,
    suspended: false,
    revision: {},
    sources: [],
    resources: {},
    reasons: [],
  };
  return { application, inventory: [], dependsOn: [], ...(desiredMissing !== undefined && { desiredMissing }) };
}

const unknown = { status: "Unknown", count: 0 } as const;
const drifted: DriftVerdict = {
  status: "Drifted",
  count: 2,
  checkedAt: "2026-01-01T00:00:00Z",
  exactness: "dry-run",
  top: { path: "spec.replicas", from: "3", to: "5", manager: "kubectl", ref },
  objects: new Map(),
  equal: [],
};
const none: DriftVerdict = {
  status: "None",
  count: 0,
  checkedAt: "2026-01-01T00:00:00Z",
  objects: new Map(),
  equal: [],
};

describe("withDrift", () => {
  it("tells field, values, manager and how much more there is", () => {
    const row = withDrift(reading("helm", unknown), drifted);
    expect(row.drift).toMatchObject({ status: "Drifted", count: 2, exactness: "dry-run" });
    expect(row.reasons).toEqual([
      { about: "drift", text: "Deployment/backend: spec.replicas 3 → 5 by kubectl, and 1 more object", ref },
    ]);
  });

  it("is Unknown before the first comparison, with the reason why there will be none", () => {
    expect(withDrift(reading("helm", unknown), undefined).drift).toEqual(unknown);
    expect(withDrift(reading("helm", unknown, "the release can't be decoded"), undefined).drift).toEqual({
      ...unknown,
      message: "the release can't be decoded",
    });
  });

  it("keeps Argo CD's own verdict, and adds the field to it", () => {
    const engine = { status: "Drifted", count: 1, exactness: "engine" } as const;
    expect(withDrift(reading("argocd", engine), none).drift).toEqual(engine);
    expect(withDrift(reading("argocd", engine), drifted).drift).toEqual({ ...engine, top: drifted.top });
    const synced = { status: "None", count: 0, exactness: "engine" } as const;
    expect(withDrift(reading("argocd", synced), drifted).drift).toEqual(synced);
  });

  it("believes a comparison with what is live now more than helm-controller's older condition", () => {
    const condition = { status: "Drifted", count: 1, exactness: "engine" } as const;
    expect(withDrift(reading("flux-helmrelease", condition), undefined).drift).toEqual(condition);
    expect(withDrift(reading("flux-helmrelease", condition), none).drift.status).toBe("None");
    expect(withDrift(reading("flux-helmrelease", condition), { ...none, status: "Unknown" }).drift).toEqual(condition);
  });

  it("says what happened to an object that is gone", () => {
    const gone: DriftVerdict = {
      status: "Drifted",
      count: 1,
      checkedAt: "",
      objects: new Map([["k", { ref, change: "removed", fields: [], exactness: "local" }]]),
      equal: [],
    };
    expect(withDrift(reading("helm", unknown), gone).reasons[0]?.text).toBe("Deployment/backend was deleted");
  });
});
