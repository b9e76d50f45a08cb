import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readConfig } from "#server/config.ts";

const folder = mkdtempSync(join(tmpdir(), "driftglass-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function keyFile(text: string): string {
  const path = join(folder, `keys-${files++}`);
  writeFileSync(path, text);
  return path;
}
const [one, two] = [randomBytes(48).toString("base64"), randomBytes(32).toString("base64")];
const shared = (more: Record<string, string | undefined> = {}) =>
  readConfig({
    DRIFTGLASS_MODE: "hosted",
    DRIFTGLASS_SESSIONS: "cluster:driftglass-sessions",
    DRIFTGLASS_SESSION_KEY_FILE: keyFile(`${one}\n${two}\n`),
    DRIFTGLASS_REPLICA_ADDRESS: "10.0.0.7",
    ...more,
  }).sharing;

it("shares sessions where a namespace, a key and an address are given", () => {
  expect(shared()).toMatchObject({ namespace: "driftglass-sessions", home: "http://10.0.0.7:3000" });
  expect(shared()?.keys.map((key) => key.toString("base64"))).toEqual([one, two]);
  expect(shared({ DRIFTGLASS_REPLICA_ADDRESS: "fd00::7", PORT: "8080" })?.home).toBe("http://[fd00::7]:8080");
  expect(shared({ DRIFTGLASS_SESSIONS: undefined })).toBeUndefined();
});

it.each([
  ["DRIFTGLASS_SESSIONS", { DRIFTGLASS_SESSIONS: "cluster:" }],
  ["DRIFTGLASS_MODE=hosted", { DRIFTGLASS_MODE: "local" }],
  ["DRIFTGLASS_SESSION_KEY_FILE", { DRIFTGLASS_SESSION_KEY_FILE: undefined }],
  ["can't be read", { DRIFTGLASS_SESSION_KEY_FILE: join(folder, "nothing") }],
  ["32 random bytes", { DRIFTGLASS_SESSION_KEY_FILE: keyFile("") }],
  ["DRIFTGLASS_REPLICA_ADDRESS", { DRIFTGLASS_REPLICA_ADDRESS: undefined }],
  ["DRIFTGLASS_REPLICA_ADDRESS", { DRIFTGLASS_REPLICA_ADDRESS: "replica.example.com" }],
])("does not start, and names %s, when that is wrong", (name, environment) => {
  expect(() => shared(environment)).toThrow(name);
});

it.each(["hunter2", `${one}\nshort`, "not base64 at all!".repeat(4)])(
  "refuses a file of keys that holds %j",
  (text) => {
    expect(() => shared({ DRIFTGLASS_SESSION_KEY_FILE: keyFile(text) })).toThrow("32 random bytes");
  },
);
