import { describe, expect, it } from "vitest";

import { portNames } from "../cluster/layout.ts";
import { assignPorts, blockSize, blockStarts, reserveBlock, shuffled } from "./ports.ts";

describe("ports", () => {
  it("come in blocks that don't overlap and stay below those of outgoing connections", () => {
    const starts = blockStarts();
    expect(starts.every((start, i) => i === 0 || start - (starts[i - 1] ?? 0) === blockSize)).toBe(true);
    expect(Math.max(...starts) + blockSize).toBeLessThan(32_768);
  });

  it("are handed out by name after the block's first, which holds it", () => {
    expect(assignPorts(20_000, ["a", "b"])).toEqual({ a: 20_001, b: 20_002 });
  });

  it("fit a sandbox into one block", () => {
    expect(portNames.length).toBeLessThan(blockSize);
    expect(() =>
      assignPorts(
        1,
        Array.from({ length: blockSize }, (_, i) => String(i)),
      ),
    ).toThrow(RangeError);
  });

  it("are tried in an order that keeps every block", () => {
    expect(shuffled([1, 2, 3, 4], () => 0).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });

  it("differ for two that reserve at the same time", async () => {
    const blocks = await Promise.all([reserveBlock(), reserveBlock(), reserveBlock()]);
    expect(new Set(blocks.map(({ start }) => start)).size).toBe(3);
    for (const { holder } of blocks) holder.close();
  });
});
