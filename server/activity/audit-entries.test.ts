import { describe, expect, it } from "vitest";
import { auditAnnotations } from "#lib/model/annotations.ts";
import { auditEvent } from "#server/actions/audit-event.ts";
import type { AuditEntry } from "#server/actions/audit.ts";
import type { FoundEvent } from "#server/kube/read-events.ts";
import { auditActivity, auditEventActivity } from "./audit-entries.ts";

const entry: AuditEntry = {
  time: "2026-03-01T09:00:00.123Z",
  event: "action",
  who: "ada lovelace",
  cluster: "sandbox",
  unit: "flux-kustomization/flux-system/shop",
  action: "rollback",
  result: "accepted",
  from: "main@sha1:2",
  to: "main@sha1:1",
  reason: "it breaks the checkout",
  message: "Held at main@1.",
};
const about = {
  group: "kustomize.toolkit.fluxcd.io",
  version: "v1",
  kind: "Kustomization",
  namespace: "flux-system",
  name: "shop",
};

function readBack(raw: Record<string, unknown>, namespace = "flux-system"): FoundEvent {
  const { annotations } = raw["metadata"] as { annotations: Record<string, string> };
  const event = {
    type: String(raw["type"]),
    reason: String(raw["reason"]),
    message: String(raw["message"]),
    lastSeen: String(raw["lastTimestamp"]),
    about: { kind: about.kind, namespace, name: about.name },
  };
  return { uid: "1", event, about: { ...about, namespace }, annotations };
}

describe("an action", () => {
  it("is the same entry from this process and from its Event", () => {
    const told = auditActivity(entry);
    expect(told).toMatchObject({
      kind: "action",
      result: "requested",
      what: "rollback",
      by: "ada lovelace",
      revision: "main@sha1:1",
      from: "main@sha1:2",
      reason: "it breaks the checkout",
      message: "Held at main@1.",
      application: { engine: "flux-kustomization", namespace: "flux-system", name: "shop" },
    });
    expect(auditEventActivity(readBack(auditEvent(entry, about)))).toEqual(told);
  });

  it("on a source names the source", () => {
    const told = auditActivity({
      ...entry,
      unit: "source.toolkit.fluxcd.io/GitRepository/flux-system/shop",
      action: "refresh",
    });
    expect(told).toMatchObject({ about: { kind: "GitRepository", namespace: "flux-system", name: "shop" } });
    expect(told).not.toHaveProperty("application");
  });

  it("on one object names that object", () => {
    const scaled = auditActivity({ ...entry, unit: "apps/Deployment/shop/web", action: "scale", from: "2", to: "0" });
    expect(scaled).toMatchObject({ about: { group: "apps", kind: "Deployment", namespace: "shop", name: "web" } });
    const drained = auditActivity({ ...entry, unit: "core/Node/_/worker", action: "delete" });
    expect(drained?.about).toEqual({ group: "", kind: "Node", name: "worker" });
  });

  it("on an object that has a controller names that, too, but none of another namespace", () => {
    const deleted: AuditEntry = {
      ...entry,
      unit: "core/Pod/shop/web-1-x",
      owner: "apps/ReplicaSet/shop/web-1",
      action: "delete",
    };
    const told = auditActivity(deleted);
    expect(told?.owner).toEqual({ group: "apps", kind: "ReplicaSet", namespace: "shop", name: "web-1" });
    const pod = { group: "", version: "v1", kind: "Pod", namespace: "shop", name: "web-1-x" };
    expect(auditEventActivity(readBack(auditEvent(deleted, pod), "shop"))).toEqual(told);
    expect(auditActivity({ ...deleted, owner: "apps/ReplicaSet/billing/web-1" })).not.toHaveProperty("owner");
  });

  it("is not believed when its Event stands in another namespace than what it speaks of", () => {
    expect(auditEventActivity(readBack(auditEvent(entry, about), "team-a"))).toBeUndefined();
  });

  it("is none when an Event lacks what makes it one", () => {
    const good = readBack(auditEvent(entry, about));
    for (const name of Object.keys(good.annotations).filter((each) => /unit|action|result/.test(each))) {
      const { [name]: _gone, ...annotations } = good.annotations;
      expect(auditEventActivity({ ...good, annotations })).toBeUndefined();
    }
    expect(
      auditEventActivity({ ...good, annotations: { ...good.annotations, [auditAnnotations.at]: "yesterday" } }),
    ).toBeUndefined();
  });
});
