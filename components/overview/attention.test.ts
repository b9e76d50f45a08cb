import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";
import { attention, remedy } from "./attention.ts";

const unit = (name: string, more: Partial<Application> = {}) => application(name, { engine: "argocd", ...more });
const failed = { kind: "sync", phase: "Failed", startedAt: "2026-03-01T09:00:00Z" } as const;
const running = { ...failed, phase: "Running" } as const;
const pod = { group: "", kind: "Pod", namespace: "shop", name: "web-1" };

describe("attention", () => {
  it("puts what is broken before what is late, and leaves out what is well or as somebody wants it", () => {
    const told = attention([
      unit("fine"),
      unit("late", { sync: { status: "OutOfSync" } }),
      unit("coming", { health: { status: "Progressing" } }),
      unit("failed", { operation: failed }),
      unit("gone", { health: { status: "Missing" } }),
      unit("broken", { health: { status: "Degraded" } }),
      unit("drifted", { drift: { status: "Drifted", count: 2 } }),
      unit("paused", { suspended: true, sync: { status: "OutOfSync" }, health: { status: "Suspended" } }),
      unit("held", {
        sync: { status: "OutOfSync" },
        hold: { by: "ada", at: "2026-03-01T09:00:00Z", revision: "1" },
      }),
    ]);
    expect(told.map((each) => each.application.name)).toEqual(["broken", "gone", "failed", "late", "coming"]);
  });

  it("keeps a suspended application that is broken", () => {
    const broken = unit("broken", { suspended: true, health: { status: "Degraded" } });
    expect(attention([broken])).toMatchObject([{ action: "resume" }]);
  });
});

describe("remedy", () => {
  it("goes back where what runs is broken, and tries again where the attempt was", () => {
    expect(remedy(unit("a", { health: { status: "Degraded", cause: pod } }))).toBe("rollback");
    expect(remedy(unit("a", { health: { status: "Degraded" }, operation: failed }))).toBe("sync");
    expect(remedy(unit("a", { sync: { status: "OutOfSync" } }))).toBe("sync");
  });

  it("knows what heals an interrupted Helm release, and ends what hangs in Argo CD", () => {
    expect(remedy(unit("a", { engine: "helm", operation: running }))).toBe("rollback");
    expect(remedy(unit("a", { operation: running }))).toBe("terminate");
  });
});
