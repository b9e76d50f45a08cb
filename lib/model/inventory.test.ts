import { describe, expect, it } from "vitest";
import { formatInventoryId, type InventoryRef, parseInventoryId } from "./inventory.ts";

describe("an inventory id", () => {
  const cases: ReadonlyArray<[string, InventoryRef]> = [
    ["shop_web_apps_Deployment", { namespace: "shop", name: "web", group: "apps", kind: "Deployment" }],
    ["shop_settings__ConfigMap", { namespace: "shop", name: "settings", group: "", kind: "ConfigMap" }],
    ["_shop__Namespace", { name: "shop", group: "", kind: "Namespace" }],
    [
      "_system__shop__reader_rbac.authorization.k8s.io_ClusterRole",
      { name: "system:shop:reader", group: "rbac.authorization.k8s.io", kind: "ClusterRole" },
    ],
    ["shop_reader___Role", { namespace: "shop", name: "reader_", group: "", kind: "Role" }],
    [
      "_widgets.example.com_apiextensions.k8s.io_CustomResourceDefinition",
      { name: "widgets.example.com", group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
    ],
  ];

  it.each(cases)("%s names its object", (id, ref) => {
    expect(parseInventoryId(id)).toEqual(ref);
    expect(formatInventoryId(ref)).toBe(id);
  });

  it("keeps a colon at either end of the name", () => {
    for (const name of [":a", "a:", "a::b"]) {
      const ref = { namespace: "shop", name, group: "rbac.authorization.k8s.io", kind: "Role" };
      expect(parseInventoryId(formatInventoryId(ref))).toEqual(ref);
    }
  });

  it.each(["", "web", "shop_web", "shop_web_apps", "___", "shop__apps_Deployment", "shop_web_apps_"])(
    "%j is none",
    (id) => {
      expect(parseInventoryId(id)).toBeUndefined();
    },
  );
});
