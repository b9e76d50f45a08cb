import { describe, expect, it } from "vitest";
import { formatApplicationAt, parseApplicationAt } from "./application-at.ts";

describe("one side of a comparison", () => {
  it("is written as its application and its revision, and read back", () => {
    const application = { engine: "kubectl", namespace: "shop", name: "web" } as const;
    for (const revision of ["desired", "live", "7", "sha256:ab", "Deployment/web/3", "main@sha1:4a637a6"]) {
      const side = { application, revision };
      expect(parseApplicationAt(formatApplicationAt(side))).toEqual(side);
    }
    expect(formatApplicationAt({ application, revision: "desired" })).toBe("kubectl/shop/web");
  });

  it("is nothing else", () => {
    for (const text of [
      "",
      "kubectl",
      "kubectl/shop",
      "ansible/shop/web",
      "kubectl/shop/web/more",
      "kubectl/shop/web@",
    ])
      expect(parseApplicationAt(text)).toBeUndefined();
  });
});
