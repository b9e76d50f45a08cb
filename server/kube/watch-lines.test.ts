import { describe, expect, it } from "vitest";
import { splitLines } from "./watch-lines.ts";

async function split(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  const source = (async function* () {
    yield* await Promise.resolve(chunks);
  })();
  for await (const batch of splitLines(source)) lines.push(...batch);
  return lines;
}

describe("splitting a watch into lines", () => {
  it("gives the same lines wherever the chunks are cut, within a character too", async () => {
    const bytes = Buffer.from('{"a":"ä€🙂"}\n\n{"b":2}\nlost');
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await split([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(['{"a":"ä€🙂"}', '{"b":2}']);
    }
    expect(await split([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(['{"a":"ä€🙂"}', '{"b":2}']);
  });

  it("gives up on a line without end", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 97);
    await expect(split(Array<Uint8Array>(40).fill(chunk))).rejects.toThrow(RangeError);
  });
});
