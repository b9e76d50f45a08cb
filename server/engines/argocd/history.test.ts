import { describe, expect, it } from "vitest";
import { application, context, one, two, unit } from "./application.fixture.ts";
import { argocd } from "./reader.ts";

describe("the history of an Argo CD Application", () => {
  it("lists the syncs newest first", () => {
    expect(argocd.history(unit, context(application()))).toMatchObject([
      { id: "1", revision: two, current: true, restorable: false, by: "automated sync" },
      { id: "0", revision: one, current: false, restorable: true, by: "sofia", finishedAt: "2026-03-01T08:00:10Z" },
    ]);
  });
});
