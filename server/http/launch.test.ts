import { describe, expect, it, vi } from "vitest";
import { LaunchLinks } from "./launch.ts";

describe("LaunchLinks", () => {
  it("takes a link once and prints the next one", () => {
    const print = vi.fn();
    const links = new LaunchLinks("first-token-of-this-server", print);
    expect(print).not.toHaveBeenCalled();
    const proof = links.use("first-token-of-this-server");
    expect(links.holds(proof)).toBe(true);
    expect(links.use("first-token-of-this-server")).toBeUndefined();
    const next = /token=([\w-]+)$/.exec(String(print.mock.calls[0]?.[0]))?.[1] ?? "";
    expect(links.use(next)).toBeDefined();
  });

  it("prints the first link where nobody else has", () => {
    const print = vi.fn();
    const links = new LaunchLinks(undefined, print);
    expect(print).toHaveBeenCalledOnce();
    expect(links.use("")).toBeUndefined();
  });

  it("knows no proof but those that it has given", () => {
    const links = new LaunchLinks("first-token-of-this-server", () => undefined);
    expect(links.holds(undefined)).toBe(false);
    expect(links.holds("first-token-of-this-server")).toBe(false);
  });
});
