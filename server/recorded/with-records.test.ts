import { describe, expect, it } from "vitest";
import type { Revision } from "#lib/model/revision.ts";
import { withRecords } from "./with-records.ts";

const revision = (id: string, current = false): Revision => ({ id, revision: id, current, restorable: !current });
const items = [revision("3", true), revision("2"), revision("1")];
const recorded = (...ids: string[]) =>
  new Map(ids.map((id) => [id, { id, revision: `commit ${id}`, recordedAt: "2026-01-01T00:00:00Z" }]));
const comparable = (engine: "flux-kustomization" | "argocd", known?: Parameters<typeof withRecords>[2]) =>
  withRecords(engine, { items }, known).items.map((item) => [item.comparable, item.whyNotComparable]);

describe("a history with records", () => {
  it("says what can be compared: what is applied, what was recorded, and what the source may still have", () => {
    const known = { recorded: recorded("1") };
    expect(comparable("flux-kustomization", known)).toEqual([
      [true, undefined],
      [
        true,
        "not recorded: nobody was logged in to Driftglass while it was applied; it can be built as long as its source keeps it",
      ],
      [true, undefined],
    ]);
    expect(withRecords("flux-kustomization", { items }, known).items[2]?.recordedAt).toBe("2026-01-01T00:00:00Z");
  });

  it("says why the rest can't be", () => {
    const gap = "not recorded: nobody was logged in to Driftglass while it was applied";
    const tooOld = "its source keeps only its newest artifacts";
    expect(comparable("flux-kustomization", { recorded: new Map() })[2]).toEqual([false, `${gap}; ${tooOld}`]);
    expect(comparable("flux-kustomization", undefined)[2]).toEqual([
      false,
      `Driftglass does not record releases here; ${tooOld}`,
    ]);
    expect(comparable("argocd", { recorded: new Map() })[1]).toEqual([
      true,
      `only its source and parameters are known (${gap})`,
    ]);
  });

  it("says that nothing is being recorded, and why", () => {
    const history = withRecords("argocd", { items }, { recorded: new Map(), problem: "There is no room left." });
    expect(history.message).toBe("Releases are not being recorded: There is no room left.");
    expect(history.items[1]?.whyNotComparable).toContain("There is no room left");
  });

  it("goes on with what was recorded after the engine has forgotten it", () => {
    const found = withRecords("flux-kustomization", { items }, { recorded: recorded("2", "0") });
    expect(found.items.map(({ id }) => id)).toEqual(["3", "2", "1", "0"]);
    expect(found.items.at(-1)).toMatchObject({
      revision: "commit 0",
      comparable: true,
      restorable: false,
      whyNot: "it has left the Kustomization's history",
    });
  });
});
