import { describe, expect, it } from "vitest";
import type { ManifestObject } from "./manifest-object.ts";
import { pairObjects } from "./pair-objects.ts";

const versions: Readonly<Record<string, string>> = { Deployment: "apps/v1", Ingress: "networking.k8s.io/v1" };
function side(name: string, namespace: string, ...objects: string[]) {
  return {
    name,
    namespace,
    objects: objects.map((text): ManifestObject => {
      const [kind = "", object = "", elsewhere] = text.split("/");
      return {
        apiVersion: versions[kind] ?? "v1",
        kind,
        metadata: { name: object, namespace: elsewhere ?? namespace },
      };
    }),
  };
}
const pairs = (...sides: Parameters<typeof pairObjects>) =>
  pairObjects(...sides)
    .map(({ left, right, only }) =>
      [left?.metadata.name ?? "–", only ? "≈" : "=", right?.metadata.name ?? "–"].join(" "),
    )
    .sort();

describe("pairObjects", () => {
  it("pairs by kind and name, whatever the namespace", () => {
    expect(
      pairs(
        side("shop", "staging", "Deployment/api", "Service/api", "Service/old"),
        side("shop", "production", "Service/api", "Deployment/api", "Service/new", "Ingress/api"),
      ),
    ).toEqual(["api = api", "api = api", "old ≈ new", "– = api"]);
  });

  it("passes over what the application's name or environment puts before and after", () => {
    expect(
      pairs(
        side("shop-staging", "staging", "Deployment/shop-staging-api", "Deployment/shop-staging-worker"),
        side("shop-production", "production", "Deployment/shop-production-api", "Deployment/shop-production-worker"),
      ),
    ).toEqual(["shop-staging-api = shop-production-api", "shop-staging-worker = shop-production-worker"]);
    expect(
      pairs(
        side("a", "shop-staging", "Service/api-staging", "Service/web-staging"),
        side("a", "shop-production", "Service/web-production", "Service/api-production"),
      ),
    ).toEqual(["api-staging = api-production", "web-staging = web-production"]);
  });

  it("passes over a prefix that all objects of one side share", () => {
    expect(
      pairs(
        side("one", "x", "Deployment/blue-api", "Deployment/blue-web"),
        side("two", "y", "Deployment/api", "Deployment/web"),
      ),
    ).toEqual(["blue-api = api", "blue-web = web"]);
  });

  it("passes over Kustomize's content hash, of ConfigMaps and Secrets alone", () => {
    expect(
      pairs(
        side("a", "x", "ConfigMap/settings-b2c4d6f8g9", "ConfigMap/other"),
        side("a", "y", "ConfigMap/settings-9876542bcd", "ConfigMap/another"),
      ),
    ).toEqual(["other = –", "settings-b2c4d6f8g9 = settings-9876542bcd", "– = another"]);
  });

  it("takes the only one of a kind for the counterpart, but not of ConfigMaps", () => {
    expect(
      pairs(side("a", "x", "Deployment/backend", "ConfigMap/m"), side("b", "y", "Deployment/server", "ConfigMap/n")),
    ).toEqual(["backend ≈ server", "m = –", "– = n"]);
  });

  it("prefers the same namespace where a name is there twice, and pairs each object once", () => {
    const twice = (name: string) => side(name, "x", "Service/api/one", "Service/api/two");
    const found = pairObjects(twice("a"), twice("b"));
    expect(found.map(({ left, right }) => [left?.metadata.namespace, right?.metadata.namespace])).toEqual([
      ["one", "one"],
      ["two", "two"],
    ]);
  });
});
