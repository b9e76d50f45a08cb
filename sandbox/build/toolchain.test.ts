import { describe, expect, it } from "vitest";

import { git, go, judgeTool, redis } from "./toolchain.ts";

describe("a tool that the sandbox needs", () => {
  it("is fine in the minimum version and newer", () => {
    expect(judgeTool(go, "go version go1.26.0 linux/amd64")).toBeUndefined();
    expect(judgeTool(git, "git version 2.47.1")).toBeUndefined();
  });

  it("is named with its purpose and where to get it when it is missing", () => {
    expect(judgeTool(go, undefined)).toBe(
      "The sandbox needs go 1.26 or newer (it builds the control plane and the engines), but there is no go in PATH. " +
        "Install it from https://go.dev/dl/.",
    );
    expect(judgeTool(redis, undefined)).toContain("there is no redis-server in PATH");
  });

  it("is named with both versions when it is too old", () => {
    expect(judgeTool(go, "go version go1.22.3 darwin/arm64")).toContain("go 1.26 or newer");
    expect(judgeTool(go, "go version go1.22.3 darwin/arm64")).toContain("found 1.22.3");
  });

  it("is doubted when it prints no version", () => {
    expect(judgeTool(git, "hello\n")).toContain('"hello" names no version');
  });
});
