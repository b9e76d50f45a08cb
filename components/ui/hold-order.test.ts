import { describe, expect, it } from "vitest";
import { holdOrder } from "./hold-order.ts";

describe("a list under the pointer", () => {
  it("keeps its order, drops what is gone and puts what is new last", () => {
    expect(holdOrder(["c", "new", "a"], ["a", "b", "c"], (row) => row)).toEqual(["a", "c", "new"]);
  });
});
