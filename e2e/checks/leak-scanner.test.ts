import { describe, expect, it } from "vitest";
import { LeakScanner } from "../leak-scanner.ts";

const value = "planted-billing-payment-api-key";

function leaksOf(text: string, size = 7): number {
  const scanner = new LeakScanner([value]);
  const scan = scanner.body("here");
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) scan(bytes.subarray(at, at + size));
  return scanner.leaks.length;
}

describe("the leak scanner", () => {
  it.each([
    ["plain", `{"password":"${value}"}`],
    ["base64", Buffer.from(value).toString("base64")],
    ["base64 behind other text", Buffer.from(`user:${value}@host`).toString("base64")],
    ["base64 of a URL with it", Buffer.from(`postgres://u:${value}`).toString("base64")],
    ["hexadecimal", Buffer.from(value).toString("hex")],
  ])("finds a value that is %s, however the chunks cut it", (_form, text) => {
    for (const size of [1, 7, 64, 4096]) expect(leaksOf(`before ${text} after`, size)).toBe(1);
  });

  it("finds nothing in a text without it", () => {
    expect(leaksOf(`planted-billing-payment ${"x".repeat(5000)}`)).toBe(0);
  });
});
