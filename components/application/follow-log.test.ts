import { describe, expect, it } from "vitest";
import { followLog } from "./follow-log.ts";

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}
async function last(...texts: string[]): Promise<string[] | undefined> {
  let shown: string[] | undefined;
  await followLog(
    pieces(...texts),
    (lines) => (shown = lines),
    () => 0,
  );
  return shown;
}

describe("followLog", () => {
  it("joins a line that came in two pieces", async () =>
    expect(await last("a\nb", "c\nd\n")).toEqual(["a", "bc", "d"]));
  it("keeps a last line without an end", async () => expect(await last("a\nb")).toEqual(["a", "b"]));
  it("shows an empty log as no lines", async () => expect(await last()).toEqual([]));
  it("keeps the last five thousand lines", async () => expect((await last("x\n".repeat(6000)))?.length).toBe(5000));
});
