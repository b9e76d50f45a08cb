import { describe, expect, it } from "vitest";
import { ignoredOf } from "./ignored.ts";

describe("what of an object is not judged", () => {
  it("are the fields and managers of ignore rules", () => {
    expect(ignoredOf({ ignore: ["/spec/replicas"], ignoreManagers: ["hpa"] })).toEqual({
      ignored: { paths: ["/spec/replicas"], managers: ["hpa"] },
    });
  });

  it("is all of it where its own metadata says so", () => {
    expect(ignoredOf({ skip: "kustomize.toolkit.fluxcd.io/ssa: ignore" })).toEqual({
      ignored: { whole: "kustomize.toolkit.fluxcd.io/ssa: ignore" },
    });
  });

  it("is nothing where no rule concerns it", () => {
    expect(ignoredOf({ ignore: [] })).toEqual({});
  });
});
