import { describe, expect, it } from "vitest";
import { conditionLook } from "./condition-look.ts";

const tone = (type: string, status: string) => conditionLook({ type, status }).tone;

describe("a condition", () => {
  it("is good when it is True and says that something is as it should be", () => {
    expect(["Ready", "Healthy", "Available", "Progressing"].map((type) => tone(type, "True"))).toEqual(
      Array.from({ length: 4 }, () => "ok"),
    );
  });

  it("is never good for being True when what it says is not", () => {
    expect(tone("Reconciling", "True")).toBe("busy");
    expect(["Stalled", "ReplicaFailure", "ComparisonError"].map((type) => tone(type, "True"))).toEqual(
      Array.from({ length: 3 }, () => "bad"),
    );
    expect(tone("OrphanedResourceWarning", "True")).toBe("warn");
  });

  it("is bad when it should be True and is not, and says nothing when that is not known", () => {
    expect(tone("Ready", "False")).toBe("bad");
    expect(tone("Ready", "Unknown")).toBe("idle");
    expect(tone("Stalled", "False")).toBe("idle");
  });
});
