import { describe, expect, it } from "vitest";
import { auditAnnotations } from "#lib/model/annotations.ts";
import type { AuditEntry } from "./audit.ts";
import { auditEvent } from "./audit-event.ts";

const entry: AuditEntry = {
  time: "2026-03-01T09:00:00.123Z",
  event: "action",
  who: "ada",
  cluster: "sandbox",
  unit: "flux-kustomization/flux-system/shop",
  action: "release-hold",
  result: "accepted",
  from: "main@sha1:1",
  to: "main@sha1:2",
  reason: "the fix is out",
  message: "The hold is released.",
};
const about = {
  group: "kustomize.toolkit.fluxcd.io",
  version: "v1",
  kind: "Kustomization",
  namespace: "flux-system",
  name: "shop",
};

describe("auditEvent", () => {
  it("says who did what to which object, and lives beside that object", () => {
    expect(auditEvent(entry, about, "uid-1")).toMatchObject({
      metadata: {
        namespace: "flux-system",
        annotations: {
          [auditAnnotations.unit]: "flux-kustomization/flux-system/shop",
          [auditAnnotations.by]: "ada",
          [auditAnnotations.at]: "2026-03-01T09:00:00.123Z",
          [auditAnnotations.to]: "main@sha1:2",
          [auditAnnotations.reason]: "the fix is out",
        },
      },
      involvedObject: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization", uid: "uid-1" },
      type: "Normal",
      reason: "ReleaseHoldAccepted",
      firstTimestamp: "2026-03-01T09:00:00Z",
      message: "release-hold by ada accepted: The hold is released.",
    });
  });

  it("warns of what was refused, and keeps the message as short as the API server wants it", () => {
    const event = auditEvent({ ...entry, result: "refused", message: "x".repeat(5000) }, about);
    expect(event["type"]).toBe("Warning");
    expect((event["message"] as string).length).toBe(1024);
  });

  it("puts an event about a cluster-scoped object into default, as the API server asks", () => {
    const event = auditEvent(entry, { group: "", kind: "Namespace", name: "shop" });
    expect(event).toMatchObject({ metadata: { namespace: "default" }, involvedObject: { apiVersion: "v1" } });
    expect(event["involvedObject"]).not.toHaveProperty("namespace");
  });
});
