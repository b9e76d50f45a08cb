import { parse } from "yaml";
import { isRecord, type JsonRecord } from "#lib/diff/json.ts";
import { list, text } from "#lib/model/health/fields.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { jqPath } from "./jq-path.ts";

/** What is left out of the comparison of one object. */
export interface IgnoreRules {
  /** JSON pointers. */
  readonly pointers: readonly string[];
  /** Field managers whose fields don't count. */
  readonly managers: readonly string[];
  /** What could not be evaluated here, in words: below these places nothing is judged. */
  readonly unknown: readonly string[];
  /** A rule could not be evaluated and may concern anything: nothing of the object is judged. */
  readonly anything: boolean;
}

/**
 * The rules of an Application's `ignoreDifferences`, and of Argo CD's own settings where this person may read them, that concern an object. jq expressions
 * are evaluated as far as they are plain paths. Below the fixed part of any other nothing is judged, because a difference that Argo CD ignores must never be
 * told as drift. Sources: argo-cd `util/argo/normalizers/diff_normalizer.go`, `util/settings/settings.go` (resource.customizations.ignoreDifferences).
 */
export function ignoreRules(application: KubeObject, ref: ResourceRef, store: StoreReader): IgnoreRules {
  const spec = application["spec"];
  const own = isRecord(spec) ? list(spec["ignoreDifferences"]).filter(isRecord) : [];
  const rules = [...own.filter((rule) => concerns(rule, ref)), ...settingsRules(application, ref, store)];
  const strings = (name: string): string[] =>
    rules.flatMap((rule) => list(rule[name]).map(text)).filter((item) => item !== "");
  const paths = strings("jqPathExpressions").map((expression) => ({ expression, ...jqPath(expression) }));
  const inexact = paths.filter(({ exact }) => !exact);
  return {
    pointers: [...strings("jsonPointers"), ...paths.flatMap(({ pointer }) => (pointer === "" ? [] : [pointer]))],
    managers: strings("managedFieldsManagers"),
    unknown: inexact.map(({ expression }) => expression),
    anything: inexact.some(({ pointer }) => pointer === ""),
  };
}

/** Group and kind have to match (`*` matches all), name and namespace when they are given. */
function concerns(rule: JsonRecord, ref: ResourceRef): boolean {
  const matches = (pattern: unknown, value: string, optional: boolean): boolean =>
    pattern === "*" || pattern === value || (optional && (pattern === undefined || pattern === ""));
  return (
    matches(rule["group"] ?? "", ref.group, false) &&
    matches(rule["kind"], ref.kind, false) &&
    matches(rule["name"], ref.name, true) &&
    matches(rule["namespace"], ref.namespace ?? "", true)
  );
}

/** The rules for all Applications: keys such as `resource.customizations.ignoreDifferences.apps_Deployment` of the ConfigMap argocd-cm. */
function settingsRules(application: KubeObject, { group, kind }: ResourceRef, store: StoreReader): JsonRecord[] {
  const status = application["status"];
  const namespace =
    (isRecord(status) && text(status["controllerNamespace"])) || application.metadata.namespace || "argocd";
  const settings = store.get(resourceKey({ group: "", kind: "ConfigMap", namespace, name: "argocd-cm" }));
  const data = settings?.object["data"];
  if (!isRecord(data)) return [];
  const names = ["all", group === "" ? kind : `${group}_${kind}`, `*_${kind}`, `${group}_*`];
  return names.flatMap((name) => {
    const raw = data[`resource.customizations.ignoreDifferences.${name}`];
    if (typeof raw !== "string") return [];
    try {
      const rule: unknown = parse(raw, { maxAliasCount: 0 });
      return isRecord(rule) ? [rule] : [];
    } catch {
      return [];
    }
  });
}
