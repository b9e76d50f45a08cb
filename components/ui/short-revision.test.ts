import { describe, expect, it } from "vitest";
import { shortRevision } from "./short-revision.ts";

const sha1 = "4a637a6d9a3a0b1c2d3e4f5061728394a5b6c7d8";
const sha256 = "267e8f0d9a3a0b1c2d3e4f5061728394a5b6c7d8267e8f0d9a3a0b1c2d3e4f50";

describe("shortRevision", () => {
  it("shortens a Git revision of Flux", () => expect(shortRevision(`main@sha1:${sha1}`)).toBe("main@4a637a6"));
  it("drops refs/heads", () => expect(shortRevision(`refs/heads/main@sha1:${sha1}`)).toBe("main@4a637a6"));
  it("shortens an OCI revision with a tag", () => expect(shortRevision(`latest@sha256:${sha256}`)).toBe("latest@267e8f0"));
  it("shortens a bare commit", () => expect(shortRevision(sha1)).toBe("4a637a6"));
  it("keeps the algorithm of a bare digest", () => expect(shortRevision(`sha256:${sha256}`)).toBe("sha256:267e8f0…"));
  it("leaves versions alone", () => {
    for (const version of ["1.4.2", "6.5.0+0cc9a8446c95", "v3", "12"]) expect(shortRevision(version)).toBe(version);
  });
});
