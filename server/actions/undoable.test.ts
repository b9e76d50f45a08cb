import { describe, expect, it } from "vitest";
import { type Step, takeSteps } from "./undoable.ts";

function recorder(): { log: string[]; step: (name: string, fault?: "perform" | "undo" | "both") => Step } {
  const log: string[] = [];
  const act = (entry: string, fails: boolean): Promise<void> => {
    log.push(entry);
    return fails ? Promise.reject(new Error(`${entry} fails`)) : Promise.resolve();
  };
  return {
    log,
    step: (name, fault) => ({
      words: name,
      perform: () => act(name, fault === "perform" || fault === "both"),
      undo: () => act(`undo ${name}`, fault === "undo" || fault === "both"),
    }),
  };
}

describe("takeSteps", () => {
  it("takes all steps in order and undoes nothing when all goes well", async () => {
    const { log, step } = recorder();
    await takeSteps([step("a"), step("b")]);
    expect(log).toEqual(["a", "b"]);
  });

  it("takes back what was begun, the last first, when a step fails", async () => {
    const { log, step } = recorder();
    await expect(takeSteps([step("a"), step("b"), step("c", "perform"), step("d")])).rejects.toMatchObject({
      message: "c fails",
      failed: "c",
      undone: ["a", "b"],
      left: [],
    });
    expect(log).toEqual(["a", "b", "c", "undo c", "undo b", "undo a"]);
  });

  it("goes on taking back when one step can't be, and names that one", async () => {
    const { log, step } = recorder();
    await expect(takeSteps([step("a"), step("b", "undo"), step("c", "both")])).rejects.toMatchObject({
      failed: "c",
      undone: ["a"],
      left: ["b (undo b fails)", "c (undo c fails)"],
    });
    expect(log.at(-1)).toBe("undo a");
  });
});
