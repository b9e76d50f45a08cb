import { describe, expect, it } from "vitest";
import { conditionsOf, findCondition, isTrue } from "./conditions.ts";

describe("conditions", () => {
  const object = {
    status: {
      conditions: [
        { type: "Ready", status: "True", reason: "Done", lastTransitionTime: "2026-01-01T00:00:00Z" },
        { status: "True" },
        "broken",
        { type: "Stalled" },
      ],
    },
  };

  it("keeps what is a condition and drops what isn't", () => {
    expect(conditionsOf(object)).toEqual([
      { type: "Ready", status: "True", reason: "Done", lastTransitionTime: "2026-01-01T00:00:00Z" },
      { type: "Stalled", status: "Unknown" },
    ]);
  });

  it("finds a condition by its type", () => {
    expect(findCondition(conditionsOf(object), "Ready")?.reason).toBe("Done");
    expect(isTrue(conditionsOf(object), "Ready")).toBe(true);
    expect(isTrue(conditionsOf(object), "Stalled")).toBe(false);
  });

  it("answers an empty list for an object without a status", () => {
    expect(conditionsOf({})).toEqual([]);
  });
});
