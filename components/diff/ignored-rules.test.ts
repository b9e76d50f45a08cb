import { describe, expect, it } from "vitest";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { ignoreRulesOf } from "./ignored-rules.ts";

const object = (name: string, ignored?: DiffObject["ignored"]): DiffObject => ({
  ref: { group: "apps", kind: "Deployment", namespace: "shop", name },
  change: "unchanged",
  ...(ignored && { ignored }),
});

describe("the ignore rules of a comparison", () => {
  it("stand once each, with all objects that they concern", () => {
    const rules = ignoreRulesOf([
      object("web", { paths: ["/spec/replicas", "/metadata/labels"] }),
      object("worker", { paths: ["/spec/replicas"] }),
      object("plain"),
    ]);
    expect(rules.map(({ text, refs }) => [text, refs.map(({ name }) => name)])).toEqual([
      ["/metadata/labels", ["web"]],
      ["/spec/replicas", ["web", "worker"]],
    ]);
  });

  it("begin with what leaves out whole objects, then name managers", () => {
    const rules = ignoreRulesOf([
      object("web", { paths: ["/spec/replicas"], managers: ["hpa"] }),
      object("seed", { whole: "kustomize.toolkit.fluxcd.io/ssa: ignore" }),
    ]);
    expect(rules.map(({ kind }) => kind)).toEqual(["whole", "manager", "path"]);
  });

  it("are none where nothing is left out", () => {
    expect(ignoreRulesOf([object("web")])).toEqual([]);
  });
});
