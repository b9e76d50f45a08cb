import { describe, expect, it } from "vitest";
import { isOn, withRevision } from "./argo-sync-choice.ts";

describe("the choices of a sync by Argo CD", () => {
  const source = (name: string) => ({ name, targetRevision: "main" });

  it("show the spec's sync options until they are changed", () => {
    const spec = { syncOptions: ["ServerSideApply=true"] };
    expect(isOn("serverSideApply", {}, spec)).toBe(true);
    expect(isOn("serverSideApply", { serverSideApply: false }, spec)).toBe(false);
    expect(isOn("replace", {}, spec)).toBe(false);
    expect(isOn("dryRun", { dryRun: true }, spec)).toBe(true);
  });

  it("send one revision for one source, a list for many, and nothing for target revisions", () => {
    const one = { sources: [source("web")], manySources: false };
    const many = { sources: [source("chart"), source("values")], manySources: true };
    expect(withRevision({ force: true }, one, 0, "v1")).toEqual({ force: true, revision: "v1" });
    expect(withRevision({ revision: "v1" }, one, 0, "")).toEqual({});
    expect(withRevision({}, many, 1, "v2")).toEqual({ revisions: ["", "v2"] });
    expect(withRevision({ revisions: ["", "v2"] }, many, 0, "1.4")).toEqual({ revisions: ["1.4", "v2"] });
    expect(withRevision({ revisions: ["", "v2"] }, many, 1, "")).toEqual({});
  });
});
