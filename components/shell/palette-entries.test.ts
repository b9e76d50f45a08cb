import { describe, expect, it } from "vitest";
import { application } from "#lib/model/application.fixture.ts";
import { paletteEntries } from "./palette-entries.ts";

const items = [application("old-cart"), application("cart"), application("search")];
const labels = (query: string, here?: Parameters<typeof paletteEntries>[2]) =>
  paletteEntries(query, items, here).map(({ label }) => label);

describe("paletteEntries", () => {
  it("offers all pages and applications before anything is typed", () => {
    expect(labels("")).toEqual([
      "Overview",
      "Applications",
      "Drift",
      "Sources",
      "Compare applications",
      "Activity",
      "cart",
      "old-cart",
      "search",
    ]);
  });

  it("puts names that begin with what was typed first", () => {
    expect(labels("cart")).toEqual(["cart", "old-cart"]);
  });

  it("leads with the views of the open application, and links to them", () => {
    const here = { engine: "helm", namespace: "shop", name: "cart" } as const;
    expect(labels("hist", here)).toEqual(["History and rollback"]);
    expect(paletteEntries("hist", items, here)[0]).toMatchObject({ href: "/apps/helm/shop/cart?tab=history" });
  });

  it("offers what can be done with the open application, by the key of its page", () => {
    const here = { engine: "helm", namespace: "shop", name: "cart" } as const;
    expect(paletteEntries("sync", items, here)[0]).toMatchObject({ label: "Sync…", press: "s" });
    expect(labels("sync")).not.toContain("Sync…");
  });

  it("finds saved views by name", () => {
    const views = [{ name: "Broken in production", query: "q=ns:prod" }];
    expect(paletteEntries("broken", items, undefined, views)).toMatchObject([{ href: "/apps?q=ns:prod" }]);
  });
});
