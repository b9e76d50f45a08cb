import { describe, expect, it } from "vitest";
import type { KubeObject } from "#server/kube/object.ts";
import { fetchedState } from "./fetched.ts";

const hash = "4a637a6d1f0e2b3c4d5e6f708192a3b4c5d6e7f8";
const wanted = `main@sha1:${hash}`;

function source(revision: string, ...conditions: [type: string, status: string, generation: number][]): KubeObject {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "web" },
    status: {
      artifact: { revision },
      conditions: conditions.map(([type, status, observedGeneration]) => ({
        type,
        status,
        observedGeneration,
        message: `${type} says so`,
      })),
    },
  };
}

describe("fetchedState", () => {
  it("is fetched once the source is ready with that revision for this spec, whatever it calls it", () => {
    expect(fetchedState(source(wanted, ["Ready", "True", 3]), wanted, 3)).toEqual({ state: "fetched" });
    expect(fetchedState(source(`sha1:${hash}`, ["Ready", "True", 3]), wanted, 3)).toEqual({ state: "fetched" });
  });

  it("waits while only an older spec has been judged, well or badly", () => {
    expect(fetchedState(source("main@sha1:0", ["Ready", "True", 2]), wanted, 3)).toEqual({ state: "waiting" });
    expect(fetchedState(source("x", ["Ready", "False", 2], ["FetchFailed", "True", 2]), wanted, 3)).toEqual({
      state: "waiting",
    });
  });

  it("fails with what the source says of this spec", () => {
    expect(fetchedState(source("x", ["Ready", "False", 3], ["FetchFailed", "True", 3]), wanted, 3)).toEqual({
      state: "failed",
      message: "FetchFailed says so",
    });
    expect(fetchedState(source("x", ["Ready", "False", 3], ["SourceVerified", "False", 3]), wanted, 3)).toEqual({
      state: "failed",
      message: "SourceVerified says so",
    });
  });

  it("waits while the conditions are written already and the artifact is not", () => {
    const object = source("main@sha1:0", ["Ready", "True", 3]);
    const observed = (observedGeneration: number): KubeObject => ({
      ...object,
      status: { ...(object["status"] as object), observedGeneration },
    });
    expect(fetchedState(observed(2), wanted, 3)).toEqual({ state: "waiting" });
    expect(fetchedState(observed(3), wanted, 3)).toEqual({ state: "failed", message: "it serves main@sha1:0 instead" });
  });
});
