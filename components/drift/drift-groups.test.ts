import { describe, expect, it } from "vitest";
import type { FleetDrift } from "#lib/api/activity-contract.ts";
import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";
import { driftEntries, groupDrift } from "./drift-groups.ts";
import { managerWords } from "./manager-words.ts";

const now = Date.parse("2026-03-01T12:00:00Z");
const ref = { group: "apps", kind: "Deployment", namespace: "shop", name: "web" };
const drifted = (name: string, top?: Application["drift"]["top"]) =>
  application(name, { drift: { status: "Drifted", count: 1, ...(top && { top }) } });
const shop = drifted("shop");
const fleet: FleetDrift = {
  items: [
    {
      application: { engine: "helm", namespace: "shop", name: "shop" } as const,
      objects: [
        {
          ref,
          change: "changed" as const,
          fields: [
            {
              path: "spec.replicas",
              from: "2",
              to: "5",
              manager: "kube-controller-manager",
              changedAt: "2026-02-01T00:00:00Z",
            },
            { path: "image", from: "a", to: "b", manager: "kubectl-edit", changedAt: "2026-03-01T11:30:00Z" },
          ],
        },
        { ref: { ...ref, kind: "Service" }, change: "removed" as const },
      ],
    },
  ],
};

describe("driftEntries", () => {
  it("tells each field, and a whole object where that is gone", () => {
    expect(
      driftEntries([shop], new Map([["c", fleet]])).map(({ ref: { kind }, change, field }) => [
        kind,
        change,
        field?.path,
      ]),
    ).toEqual([
      ["Deployment", "changed", "spec.replicas"],
      ["Deployment", "changed", "image"],
      ["Service", "removed", undefined],
    ]);
  });

  it("takes nothing of another cluster for an application of the same name", () => {
    const elsewhere = { ...drifted("shop", { ref, path: "spec.paused" }), cluster: "other" };
    const entries = driftEntries([elsewhere, shop], new Map([["c", fleet]]));
    expect(entries.map(({ application: { cluster } }) => cluster)).toEqual(["other", "c", "c", "c"]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(4);
  });

  it("has the first field of the row stand for what is not known yet", () => {
    const waiting = drifted("other", { ref, path: "spec.replicas", from: "1", to: "2" });
    expect(driftEntries([waiting], new Map())).toMatchObject([
      { field: { path: "spec.replicas", from: "1", to: "2" } },
    ]);
  });
});

describe("groupDrift", () => {
  const entries = driftEntries([shop], new Map([["c", fleet]]));

  it("puts what was done by hand first", () => {
    expect(groupDrift(entries, "manager", now).map(({ label, byHand }) => [label, byHand])).toEqual([
      ["kubectl edit", true],
      ["Kubernetes' own controllers", false],
      ["Nobody that is known", false],
    ]);
  });

  it("puts the newest first, and what has no time last", () => {
    expect(groupDrift(entries, "age", now).map(({ key }) => key)).toEqual(["hour", "older", "unknown"]);
  });

  it("keeps applications in their order", () => {
    const two = driftEntries([drifted("b", { ref, path: "x" }), drifted("a", { ref, path: "x" })], new Map());
    expect(groupDrift(two, "application", now).map(({ label }) => label)).toEqual(["b", "a"]);
  });
});

describe("managerWords", () => {
  it.each([
    ["kubectl-edit", "kubectl edit", true],
    ["kubectl-client-side-apply", "kubectl apply", true],
    ["kubectl", "kubectl", true],
    ["horizontal-pod-autoscaler", "Horizontal autoscaler", false],
    ["helm-controller", "Flux (helm-controller)", false],
    ["my-operator", "my-operator", false],
  ])("calls %s %s", (manager, label, byHand) => expect(managerWords(manager)).toEqual({ label, byHand }));
});
