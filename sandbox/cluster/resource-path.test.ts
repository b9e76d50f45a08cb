import { describe, expect, it } from "vitest";

import { resourcePath } from "./resource-path.ts";

describe("the path of an object", () => {
  it("begins with /api for the core group and with /apis for others", () => {
    expect(resourcePath({ apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } })).toBe("/api/v1/nodes/node-1");
    expect(
      resourcePath({
        apiVersion: "argoproj.io/v1alpha1",
        kind: "AppProject",
        metadata: { name: "default", namespace: "argocd" },
      }),
    ).toBe("/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/default");
  });

  it("uses the regular plural", () => {
    const of = (kind: string): string | undefined =>
      resourcePath({ apiVersion: "v1", kind, metadata: { name: "x" } }).split("/")[3];
    expect(of("StorageClass")).toBe("storageclasses");
    expect(of("NetworkPolicy")).toBe("networkpolicies");
    expect(of("ServiceAccount")).toBe("serviceaccounts");
  });
});
