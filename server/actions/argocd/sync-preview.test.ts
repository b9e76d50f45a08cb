import { describe, expect, it } from "vitest";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { syncChanges } from "./sync-preview.ts";

const ref = (name: string) => ({ group: "apps", kind: "Deployment", namespace: "shop", name });
const resource = (name: string, requiresPruning = false, outOfSync = true) => ({
  ref: ref(name),
  outOfSync,
  requiresPruning,
});
const options = { isLive: ({ name }: { name: string }) => name !== "new", prune: false };
const drift: DiffObject = {
  ref: ref("drifted"),
  change: "changed",
  fields: [{ path: "spec.replicas", from: "5", to: "2" }],
};

describe("syncChanges", () => {
  it("shows drift as what would be corrected, and says where the change is only in the source", () => {
    const { changes } = syncChanges(
      [resource("drifted"), resource("ahead"), resource("new"), resource("same", false, false)],
      [drift],
      options,
    );
    expect(changes.map((change) => [change.ref.name, change.change, change.exactness, change.note])).toEqual([
      ["drifted", "changed", undefined, "drift, by what was applied last"],
      ["ahead", "changed", "engine", "OutOfSync by Argo CD's verdict; the source's manifest can't be shown here"],
      ["new", "added", "engine", "its manifest is in the source and can't be shown here"],
    ]);
  });

  it("deletes only with prune and warns without", () => {
    expect(syncChanges([resource("old", true)], [], options)).toEqual({
      changes: [],
      warnings: ["Without prune these stay although the source no longer has them: Deployment/old."],
    });
    expect(syncChanges([resource("old", true)], [], { ...options, prune: true }).changes).toMatchObject([
      { change: "removed" },
    ]);
  });

  it("keeps to the selected resources", () => {
    const { changes } = syncChanges([resource("a"), resource("b")], [], { ...options, resources: [ref("b")] });
    expect(changes.map((change) => change.ref.name)).toEqual(["b"]);
  });
});
