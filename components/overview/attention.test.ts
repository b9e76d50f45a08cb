import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { attention, remedy } from "./attention.ts";

const application = (name: string, more: Partial<Application> = {}): Application => ({
  cluster: "c",
  engine: "argocd",
  namespace: "shop",
  name,
  uid: name,
  health: { status: "Healthy" },
  sync: { status: "Synced" },
  drift: { status: "None", count: 0 },
  suspended: false,
  revision: {},
  sources: [],
  resources: {},
  reasons: [],
  ...more,
});
const failed = { kind: "sync", phase: "Failed", startedAt: "2026-03-01T09:00:00Z" } as const;
const running = { ...failed, phase: "Running" } as const;
const pod = { group: "", kind: "Pod", namespace: "shop", name: "web-1" };

describe("attention", () => {
  it("puts what is broken before what is late, and leaves out what is well or as somebody wants it", () => {
    const told = attention([
      application("fine"),
      application("late", { sync: { status: "OutOfSync" } }),
      application("coming", { health: { status: "Progressing" } }),
      application("failed", { operation: failed }),
      application("gone", { health: { status: "Missing" } }),
      application("broken", { health: { status: "Degraded" } }),
      application("drifted", { drift: { status: "Drifted", count: 2 } }),
      application("paused", { suspended: true, sync: { status: "OutOfSync" }, health: { status: "Suspended" } }),
      application("held", {
        sync: { status: "OutOfSync" },
        hold: { by: "ada", at: "2026-03-01T09:00:00Z", revision: "1" },
      }),
    ]);
    expect(told.map((each) => each.application.name)).toEqual(["broken", "gone", "failed", "late", "coming"]);
  });

  it("keeps a suspended application that is broken", () => {
    const broken = application("broken", { suspended: true, health: { status: "Degraded" } });
    expect(attention([broken])).toMatchObject([{ action: "resume" }]);
  });
});

describe("remedy", () => {
  it("goes back where what runs is broken, and tries again where the attempt was", () => {
    expect(remedy(application("a", { health: { status: "Degraded", cause: pod } }))).toBe("rollback");
    expect(remedy(application("a", { health: { status: "Degraded" }, operation: failed }))).toBe("sync");
    expect(remedy(application("a", { sync: { status: "OutOfSync" } }))).toBe("sync");
  });

  it("knows what heals an interrupted Helm release, and ends what hangs in Argo CD", () => {
    expect(remedy(application("a", { engine: "helm", operation: running }))).toBe("rollback");
    expect(remedy(application("a", { operation: running }))).toBe("terminate");
  });
});
