import { describe, expect, it } from "vitest";
import { KubeError } from "#server/kube/client.ts";
import { retryConflicts } from "./retry.ts";

const conflict = new KubeError(409, "Conflict", "the object has been modified");

/** Work that fails with these errors, one after the other, and then is done. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  const waits: number[] = [];
  let tries = 0;
  return {
    waits,
    tries: () => tries,
    sleep: async (milliseconds: number) => void waits.push(milliseconds),
    work: async () => {
      tries += 1;
      const error = left.shift();
      if (error) throw error;
      return "done";
    },
  };
}

describe("retryConflicts", () => {
  it("does it again after a conflict, a little later each time", async () => {
    const { sleep, work, waits } = failing(conflict, conflict);
    await expect(retryConflicts(sleep, work)).resolves.toBe("done");
    expect(waits).toEqual([50, 100]);
  });

  it("gives up after so many attempts, with the last conflict", async () => {
    const { sleep, work, tries } = failing(...Array.from({ length: 9 }, () => conflict));
    await expect(retryConflicts(sleep, work, { attempts: 3 })).rejects.toBe(conflict);
    expect(tries()).toBe(3);
  });

  it("does nothing again after any other fault", async () => {
    const invalid = new KubeError(422, "Invalid", "it is not valid");
    const once = failing(invalid);
    await expect(retryConflicts(once.sleep, once.work)).rejects.toBe(invalid);
    expect(once.tries()).toBe(1);
    const again = failing(invalid);
    await expect(retryConflicts(again.sleep, again.work, { statuses: [409, 422] })).resolves.toBe("done");
  });
});
