import { describe, expect, it } from "vitest";
import { ObjectStore } from "#server/kube/object-store.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { ignoreRules } from "./ignore-rules.ts";
import { jqPath } from "./jq-path.ts";

describe("a jq path expression", () => {
  it.each([
    [".spec.replicas", "/spec/replicas", true],
    ['.metadata.annotations["example.com/a~b"]', "/metadata/annotations/example.com~1a~0b", true],
    ['.data."key.json"', "/data/key.json", true],
    [".spec.ports[0].nodePort", "/spec/ports/0/nodePort", true],
    ['.spec.template.spec.containers[] | select(.name == "a,b")', "/spec/template/spec/containers", false],
    [".spec.template.spec.initContainers[]?", "/spec/template/spec/initContainers", false],
    [".spec.a, .spec.b", "", false],
    [".. | .image?", "", false],
    ["to_entries", "", false],
    [".", "", false],
  ])("%s leads to %s", (expression, pointer, exact) => expect(jqPath(expression)).toEqual({ pointer, exact }));
});

describe("ignored differences", () => {
  const application = (...ignoreDifferences: object[]): KubeObject => ({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "web", namespace: "argocd" },
    spec: { ignoreDifferences },
  });
  const web = { group: "apps", kind: "Deployment", namespace: "shop", name: "web" };

  it("concern an object by group and kind, and by name and namespace when they are given", () => {
    const rule = { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] };
    const pointers = (more: object) => ignoreRules(application({ ...rule, ...more }), web, new ObjectStore()).pointers;
    expect(pointers({})).toEqual(["/spec/replicas"]);
    expect(pointers({ group: "*", kind: "*" })).toEqual(["/spec/replicas"]);
    expect(pointers({ name: "other" })).toEqual([]);
    expect(pointers({ namespace: "shop", name: "web" })).toEqual(["/spec/replicas"]);
    expect(pointers({ group: "" })).toEqual([]);
  });

  it("say what can't be evaluated, and leave out what it may concern", () => {
    const select = '.spec.template.spec.containers[] | select(.name == "proxy")';
    const rules = {
      group: "apps",
      kind: "Deployment",
      managedFieldsManagers: ["hpa"],
      jqPathExpressions: [".spec.replicas", select],
    };
    expect(ignoreRules(application(rules), web, new ObjectStore())).toEqual({
      pointers: ["/spec/replicas", "/spec/template/spec/containers"],
      managers: ["hpa"],
      unknown: [select],
      anything: false,
    });
    const anything = { group: "apps", kind: "Deployment", jqPathExpressions: ["..|.image?"] };
    expect(ignoreRules(application(anything), web, new ObjectStore()).anything).toBe(true);
  });

  it("of Argo CD's own settings hold for every application", () => {
    const store = new ObjectStore();
    const ref = { group: "", kind: "ConfigMap", namespace: "argocd", name: "argocd-cm" };
    const data = {
      "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers: [/spec/replicas]",
      "resource.customizations.ignoreDifferences.all": "managedFieldsManagers: [kube-controller-manager]",
      "resource.customizations.ignoreDifferences.apps_StatefulSet": "jsonPointers: [/spec/other]",
    };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "argocd-cm", namespace: "argocd" }, data };
    store.apply([
      { type: "put", object: { key: "/ConfigMap/argocd/argocd-cm", ref, uid: "u", resourceVersion: "1", object } },
    ]);
    expect(ignoreRules(application(), web, store)).toMatchObject({
      pointers: ["/spec/replicas"],
      managers: ["kube-controller-manager"],
    });
  });
});
