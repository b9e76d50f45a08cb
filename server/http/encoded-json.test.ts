import { brotliDecompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { encodedJson } from "./encoded-json.ts";

const ask = (accepted?: string) =>
  new Request("http://localhost/", { headers: accepted === undefined ? {} : { "accept-encoding": accepted } });
const long = { items: Array.from({ length: 1000 }, (_, index) => ({ name: `name-${index}`, umlaut: "ü" })) };

it("goes by Brotli to whoever takes it", async () => {
  const answer = await encodedJson(ask("gzip, deflate, br, zstd"), long);
  expect(answer.headers.get("content-encoding")).toBe("br");
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(JSON.parse(brotliDecompressSync(bytes).toString())).toEqual(long);
  expect(bytes.length).toBeLessThan(JSON.stringify(long).length / 5);
});

it("goes as it is to everybody else, and when it is short", async () => {
  for (const accepted of [undefined, "gzip", "br;q=0, gzip"]) {
    const answer = await encodedJson(ask(accepted), long);
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(await answer.json()).toEqual(long);
  }
  expect((await encodedJson(ask("br"), { a: 1 })).headers.get("content-encoding")).toBeNull();
});
