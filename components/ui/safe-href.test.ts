import { describe, expect, it } from "vitest";
import { safeHref, safeNext } from "./safe-href.ts";

describe("safeHref", () => {
  it("lets paths of this site and http(s) through", () => {
    expect(safeHref("/apps?q=a")).toEqual({ href: "/apps?q=a", external: false });
    expect(safeHref("https://git.example.com/a")).toEqual({ href: "https://git.example.com/a", external: true });
  });
  it("refuses scripts, data, protocol-relative and other schemes", () => {
    for (const href of [
      "javascript:alert(1)",
      " javascript:alert(1)",
      "data:text/html,x",
      "//evil.example",
      "/\\evil.example",
      "ssh://git@host/x",
      "oci://ghcr.io/x",
    ]) {
      expect(safeHref(href)).toBeUndefined();
    }
  });
});

describe("safeNext", () => {
  it("keeps a path of this site", () => expect(safeNext("/apps/helm/a/b?tab=drift")).toBe("/apps/helm/a/b?tab=drift"));
  it("falls back to the list for anything else", () => {
    for (const next of [
      null,
      undefined,
      "https://evil.example",
      "//evil.example",
      "/login?next=/login",
      "apps",
      "/\t/evil.example",
    ]) {
      expect(safeNext(next)).toBe("/overview");
    }
  });
});
