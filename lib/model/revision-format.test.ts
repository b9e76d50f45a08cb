import { describe, expect, it } from "vitest";
import { parseRevision, revisionStep, sameRevision, shortRevision } from "./revision-format.ts";

const one = "4a637a6d1f0e2b3c4d5e6f708192a3b4c5d6e7f8";
const two = "91be02c41f0e2b3c4d5e6f708192a3b4c5d6e7f8";
const digest = "267e1c2a".repeat(8);

describe("shortRevision", () => {
  it.each([
    [`main@sha1:${one}`, "main@4a637a6"],
    [`refs/heads/main@sha1:${one}`, "main@4a637a6"],
    [`sha1:${one}`, "4a637a6"],
    [one, "4a637a6"],
    [`main/${one}`, "main@4a637a6"],
    [`latest@sha256:${digest}`, "latest@sha256:267e1c2"],
    [`sha256:${digest}`, "sha256:267e1c2"],
    ["1.4.2", "1.4.2"],
    ["1.4.2+5be2d4b9f1d0", "1.4.2+5be2d4b9f1d0"],
    ["feature/login@x", "feature/login@x"],
    ["", ""],
  ])("shortens %s to %s", (long, short) => {
    expect(shortRevision(long)).toBe(short);
  });
});

describe("revisionStep", () => {
  it("says the branch once", () => {
    expect(revisionStep(`main@sha1:${one}`, `main@sha1:${two}`)).toBe("main@4a637a6 → 91be02c");
  });
  it("says both names when they differ", () => {
    expect(revisionStep(`main@sha1:${one}`, `next@sha1:${two}`)).toBe("main@4a637a6 → next@91be02c");
    expect(revisionStep("1.4.1", "1.4.2")).toBe("1.4.1 → 1.4.2");
  });
});

describe("sameRevision", () => {
  it("compares hashes, whatever the branch is called", () => {
    expect(sameRevision(`main@sha1:${one}`, `sha1:${one}`)).toBe(true);
    expect(sameRevision(`main@sha1:${one}`, one)).toBe(true);
    expect(sameRevision(`main@sha1:${one}`, `main@sha1:${two}`)).toBe(false);
    expect(sameRevision("1.4.1", "1.4.2")).toBe(false);
  });
  it("knows a version and its digest", () => {
    expect(parseRevision(`1.4.2@sha256:${digest}`)).toEqual({ name: "1.4.2", algorithm: "sha256", hash: digest });
  });
});
