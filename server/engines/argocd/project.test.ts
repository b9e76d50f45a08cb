import { describe, expect, it } from "vitest";
import type { Sketch } from "../testing/memory-store.ts";
import { application, context, two, unit } from "./application.fixture.ts";
import { argocd } from "./reader.ts";

describe("the project of an Argo CD Application", () => {
  it("tells its rules and windows, and why what is OutOfSync stays so", () => {
    const project: Sketch = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "default", namespace: "argocd" },
      spec: {
        sourceRepos: ["https://git.example.com/*"],
        destinations: [{ server: "*", namespace: "shop" }],
        orphanedResources: { warn: true },
        syncWindows: [{ kind: "deny", schedule: "0 12 * * *", duration: "1h", applications: ["check*"] }],
      },
    };
    const outOfSync = application({ status: { sync: { status: "OutOfSync", revision: two } } });
    const at = (now: string) => ({ ...context(outOfSync, [project]), now });
    expect(argocd.detail(unit, at("2026-11-22T12:30:00Z")).facts).toEqual(
      expect.arrayContaining([
        { label: "Allowed sources", value: "https://git.example.com/*" },
        { label: "Allowed destinations", value: "* · shop" },
        { label: "Orphaned resources", value: "warned of" },
        { label: "Sync window", value: "denies syncs, open now until 13:00 UTC · 0 12 * * * for 1h" },
      ]),
    );
    const reasons = (now: string) =>
      argocd
        .read(unit, at(now))
        ?.application.reasons.map(({ text }) => text)
        .join();
    expect(reasons("2026-11-22T12:30:00Z")).toContain("a sync window of its project denies syncs now");
    expect(reasons("2026-11-22T14:30:00Z")).not.toContain("sync window");
    expect(argocd.detail(unit, context(outOfSync)).facts[0]?.value).toMatch(/^default \(/);
  });
});
