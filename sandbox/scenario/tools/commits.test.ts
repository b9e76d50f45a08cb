import { describe, expect, it } from "vitest";
import { type Commit, fastImportStream, parseAgo } from "./commits.ts";

const commit = (name: string, held = false): Commit => ({
  name,
  author: "Mara <mara@example.com>",
  message: name,
  ago: 60_000,
  held,
  files: new Map([["a.txt", "ä\n"]]),
});

describe("commits", () => {
  it("says how long ago in days, hours or minutes", () => {
    expect([parseAgo("2d"), parseAgo("3h"), parseAgo("5m")]).toEqual([172_800_000, 10_800_000, 300_000]);
    expect(() => parseAgo("soon")).toThrow("not a duration");
  });

  it("become a stream in which data has its length in bytes and held commits a branch of their own", () => {
    const stream = fastImportStream([commit("one"), commit("two", true)], 120_000);
    expect(stream).toContain("commit refs/heads/main\nmark :1\nauthor Mara <mara@example.com> 60 +0100\n");
    expect(stream).toContain("M 100644 inline a.txt\ndata 3\nä\n");
    expect(stream).toContain("commit refs/heads/held\nmark :2\n");
    expect(stream).toContain("from :1\n");
  });
});
