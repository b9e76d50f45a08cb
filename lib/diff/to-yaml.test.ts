import { describe, expect, it } from "vitest";
import type { ManifestObject } from "./manifest-object.ts";
import { toYaml } from "./to-yaml.ts";

const object: ManifestObject = {
  status: { ready: 1 },
  spec: { template: { ports: [{ port: 80, name: "http" }], image: "x" }, a: "yes" },
  metadata: {
    uid: "u",
    resourceVersion: "5",
    managedFields: [{ manager: "m" }],
    name: "web",
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", z: "1" },
    namespace: "shop",
  },
  kind: "Thing",
  apiVersion: "x.io/v1",
} as ManifestObject;

describe("toYaml", () => {
  it("writes keys in one order, without what the API server keeps for itself", () => {
    expect(toYaml(object)).toBe(`apiVersion: x.io/v1
kind: Thing
metadata:
  name: web
  namespace: shop
  annotations:
    z: "1"
spec:
  a: "yes"
  template:
    image: x
    ports:
      - name: http
        port: 80
`);
  });

  it("writes status last when asked", () => {
    expect(toYaml(object, { status: true }).endsWith("status:\n  ready: 1\n")).toBe(true);
  });
});
