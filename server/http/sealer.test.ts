import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSealer } from "./sealer.ts";

describe("a sealed value", () => {
  const sealer = createSealer([randomBytes(32)]);

  it("is read by who sealed it, and does not show what it holds", () => {
    const sealed = sealer.seal("login", { verifier: "hunter2" });
    expect(sealed).not.toContain("hunter2");
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("hunter2");
    expect(sealer.open("login", sealed)).toEqual({ verifier: "hunter2" });
  });

  it("can't be changed, used for something else, or opened with another key", () => {
    const sealed = sealer.seal("login", { user: "ada" });
    const bytes = Buffer.from(sealed, "base64url");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(sealer.open("login", changed.toString("base64url"))).toBeUndefined();
    }
    expect(sealer.open("session", sealed)).toBeUndefined();
    expect(createSealer().open("login", sealed)).toBeUndefined();
    for (const nothing of ["", "x", sealed.slice(0, 30)]) expect(sealer.open("login", nothing)).toBeUndefined();
  });

  it("outlives the change of its key, as long as the old one is kept beside the new one", () => {
    const [old, next] = [randomBytes(32), randomBytes(32)];
    const sealed = createSealer([old]).seal("login", { user: "ada" });
    expect(createSealer([next, old]).open("login", sealed)).toEqual({ user: "ada" });
    expect(createSealer([next]).open("login", sealed)).toBeUndefined();
    expect(createSealer([old]).open("login", createSealer([next, old]).seal("login", 1))).toBeUndefined();
  });
});
