import { describe, expect, it } from "vitest";
import type { ActionResult } from "#lib/model/action.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { confirmLabel } from "./action-words.ts";

const object = (change: DiffObject["change"]): DiffObject => ({
  ref: { group: "", kind: "Service", name: change },
  change,
});
const preview = (...changes: DiffObject["change"][]): ActionResult => ({
  preview: true,
  accepted: true,
  warnings: [],
  message: "",
  changes: changes.map(object),
});

describe("the confirming button", () => {
  it("says how much a sync changes and deletes", () => {
    expect(confirmLabel({ action: "sync" }, preview("changed", "added", "removed", "unchanged"))).toBe(
      "Sync 3 changes · 1 deleted",
    );
    expect(confirmLabel({ action: "sync" }, preview("changed"))).toBe("Sync 1 change");
    expect(confirmLabel({ action: "sync" }, preview("unchanged"))).toBe("Sync · nothing changes");
  });
  it("says only the action while nothing is known", () =>
    expect(confirmLabel({ action: "sync" }, undefined)).toBe("Sync"));
  it("names the revision that a rollback goes to", () => {
    const revision = { id: "4", revision: "4", current: false, restorable: true };
    expect(confirmLabel({ action: "rollback", revision }, preview("changed", "removed"))).toBe(
      "Roll back to 4 · 1 deleted",
    );
  });
});
