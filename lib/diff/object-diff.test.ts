import { describe, expect, it } from "vitest";
import type { ManifestObject } from "./manifest-object.ts";
import { diffObjects } from "./object-diff.ts";

const config = (name: string, data: Record<string, string>): ManifestObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "a" },
  data,
});

describe("diffObjects", () => {
  it("names what is removed, added, changed and unchanged, in this order", () => {
    const diff = diffObjects(
      [config("same", { a: "1" }), config("gone", {}), config("other", { a: "1" })],
      [config("same", { a: "1" }), config("other", { a: "2" }), config("new", {})],
    );
    expect(diff.map(({ ref, change }) => [ref.name, change])).toEqual([
      ["gone", "removed"],
      ["new", "added"],
      ["other", "changed"],
      ["same", "unchanged"],
    ]);
    expect(diff[2]?.fields).toEqual([{ path: "data.a", from: "1", to: "2" }]);
    expect(diff[0]?.to).toBeUndefined();
  });

  it("takes an object for the same one in another version of its API", () => {
    const ingress = (apiVersion: string): ManifestObject => ({
      apiVersion,
      kind: "Ingress",
      metadata: { name: "i" },
      spec: { ingressClassName: "x" },
    });
    expect(
      diffObjects([ingress("networking.k8s.io/v1beta1")], [ingress("networking.k8s.io/v1")]).map(
        ({ change }) => change,
      ),
    ).toEqual(["unchanged"]);
  });
});
