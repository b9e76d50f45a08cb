import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

/** As long as etcd lets a ConfigMap or a condition be, near enough. */
const size = 200_000;
const masker = createMasker();

// Each of these took minutes once: whoever may write one ConfigMap would have stopped the server for everyone.
const hostile: readonly (readonly [name: string, text: string])[] = [
  ["words with dots", "a.".repeat(size / 2)],
  ["words with dashes", "a-".repeat(size / 2)],
  ["beginnings of tokens", "eyJ-".repeat(size / 4)],
  ["beginnings of a decoder's context", `|... ${"...| ".repeat(size / 5)}`],
  ["blanks after a kind", `kind:${" ".repeat(size)}x secret`],
  ["braces that never close", `kind: secret ${"{".repeat(size)}`],
  ["escaped braces that never close", `kind: secret ${'{\\"'.repeat(size / 3)}`],
  ["braces and quotes", `kind: secret {"${'{"'.repeat(size / 2)}`],
  ["passwords in URLs that never end", "://a:".repeat(size / 5)],
  ["assignments that never end", 'password="'.repeat(size / 10)],
];

describe("a hostile text", () => {
  it.each(hostile)("of %s is masked in a time that grows with its length", { timeout: 60_000 }, (_, text) => {
    // Its own time: a busy machine makes it wait, not work.
    const start = process.threadCpuUsage();
    masker.maskText(text);
    const { user, system } = process.threadCpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(3_000);
  });

  it("with a Secret behind a hundred open braces still has it masked", () => {
    const text = `kind: Secret ${"{".repeat(100)}{"kind":"Secret","data":{"a":"cGw0bnRlZA=="}}`;
    expect(masker.maskText(text)).not.toContain("cGw0bnRlZA");
  });

  it("with a token behind a dash still has it masked", () => {
    const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    expect(masker.maskText(`token-${token}`)).not.toContain("eyJzdWIi");
    expect(masker.maskText("https://user:hunter22@host/")).not.toContain("hunter22");
  });
});
