import { afterEach, describe, expect, it } from "vitest";
import { applicationHref, inCluster, listHref, setLinkCluster } from "./paths.ts";

const shop = { engine: "helm", namespace: "shop", name: "cart" } as const;

afterEach(() => setLinkCluster(undefined, "/"));

describe("links", () => {
  it("keep to the cluster that is shown, which the session's own need not be said", () => {
    setLinkCluster(undefined, "/apps");
    expect(applicationHref({ ...shop, cluster: "east" })).toBe("/apps/helm/shop/cart");
    setLinkCluster("west", "/apps");
    expect(applicationHref(shop, "drift")).toBe("/apps/helm/shop/cart?tab=drift&cluster=west");
  });

  it("lead from the list of all clusters to each application in its own, and to other pages in all", () => {
    setLinkCluster("*", "/apps");
    expect(applicationHref({ ...shop, cluster: "east" })).toBe("/apps/helm/shop/cart?cluster=east");
    expect(inCluster("/drift")).toBe("/drift?cluster=*");
  });

  it("lead up from an application to the list that the person came from", () => {
    setLinkCluster("*", "/apps");
    setLinkCluster("east", "/apps/helm/shop/cart");
    expect(listHref("?namespace=shop")).toBe("/apps?namespace=shop&cluster=*");
    setLinkCluster("east", "/sources");
    setLinkCluster("east", "/apps/helm/shop/cart");
    expect(listHref()).toBe("/apps?cluster=east");
  });
});
