import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";
import { sideNames, sideOf } from "./side-names.ts";
import { suggestions } from "./suggestions.ts";

const kustomization = (name: string) =>
  ({ ...application(name), engine: "flux-kustomization", namespace: "flux-system" }) satisfies Application;

describe("suggestions", () => {
  it("begin with the application in another environment", () => {
    const items = ["shop-infrastructure", "shop-prod", "shop-staging"].map((name) => kustomization(name));
    expect(suggestions(items, "", kustomization("shop-staging"))[0]?.name).toBe("shop-prod");
  });

  it("go on with those whose names are most like its own", () => {
    const items = ["billing", "shop-production", "shop-staging", "web-staging"].map((name) => kustomization(name));
    const names = suggestions(items, "", kustomization("shop-staging")).map(({ name }) => name);
    expect(names[0]).toBe("shop-production");
    expect(names).toHaveLength(4);
    expect(suggestions(items, "billing", kustomization("shop-staging")).map(({ name }) => name)).toEqual(["billing"]);
  });
});

describe("sideNames", () => {
  it("are what tells the two apart", () => {
    const names = (left: string, right: string) => {
      const [a, b] = [sideOf(left), sideOf(right)];
      return a && b && sideNames(a, b);
    };
    expect(names("helm/x/web", "helm/x/api")).toEqual(["web", "api"]);
    expect(names("helm/x/web", "helm/y/web")).toEqual(["web in x", "web in y"]);
    expect(names("helm/x/web@2", "helm/x/web@live")).toEqual(["web 2", "web live"]);
    expect(names("helm/x/web", "helm/x/web")).toEqual(["left", "right"]);
    expect(sideOf("nonsense")).toBeUndefined();
  });
});
