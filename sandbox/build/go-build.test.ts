import { describe, expect, it } from "vitest";

import { goBuildArguments, goEnvironment } from "./go-build.ts";
import { buildSteps } from "./steps.ts";

describe("a build with Go", () => {
  it("takes nothing of the person's flags, workspace or toolchain", () => {
    const environment = goEnvironment({
      NODE_ENV: "test",
      GOFLAGS: "-mod=vendor",
      GOWORK: "/elsewhere/go.work",
      GOTOOLCHAIN: "auto",
      CGO_ENABLED: "1",
      GOOS: "windows",
    });
    expect(environment).toMatchObject({
      GOFLAGS: "-mod=readonly",
      GOWORK: "off",
      GOTOOLCHAIN: "local",
      CGO_ENABLED: "0",
    });
    expect(environment).not.toHaveProperty("GOOS");
  });

  it("keeps where the machine downloads from and caches", () => {
    const environment = goEnvironment({
      NODE_ENV: "test",
      GOPROXY: "https://example.com",
      GOCACHE: "/c",
      https_proxy: "p",
    });
    expect(environment).toMatchObject({ GOPROXY: "https://example.com", GOCACHE: "/c", https_proxy: "p" });
  });

  it("stamps the Kubernetes version that clients parse", () => {
    const step = buildSteps.find(({ name }) => name === "control-plane");
    expect(step && goBuildArguments(step).join(" ")).toContain("k8s.io/component-base/version.gitVersion=v1.36.3");
  });

  it("gives each program and link a name of its own", () => {
    const names = buildSteps.flatMap(({ name, links }) => [name, ...links]);
    expect(new Set(names).size).toBe(names.length);
  });
});
