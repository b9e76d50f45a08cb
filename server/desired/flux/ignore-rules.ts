import { isRecord } from "#lib/diff/json.ts";
import type { ManifestObject } from "#lib/diff/manifest-object.ts";
import { parseApiVersion } from "#lib/model/resource-ref.ts";
import { matchesSelector } from "./label-selector.ts";

/** A rule of `spec.ignore` (Kustomization) or `spec.driftDetection.ignore` (HelmRelease): JSON pointers, and to which objects they apply. */
export interface IgnoreRule {
  readonly paths: readonly string[];
  readonly target?: Readonly<Record<string, unknown>>;
}

/** Reads rules as they stand in the spec; what is no rule is passed over. */
export function parseIgnoreRules(value: unknown): IgnoreRule[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(({ paths, target }) => ({
    paths: Array.isArray(paths) ? paths.filter((path): path is string => typeof path === "string") : [],
    ...(isRecord(target) ? { target } : {}),
  }));
}

/** The JSON pointers that apply to an object; `""` stands for all of it. */
export function ignoredPaths(object: ManifestObject, rules: readonly IgnoreRule[]): string[] {
  return rules.filter((rule) => targets(rule, object)).flatMap((rule) => rule.paths);
}

/** Source: fluxcd/pkg `ssa/jsondiff/selector.go`: all fields are regular expressions for the whole text, empty ones match all. */
function targets({ target }: IgnoreRule, object: ManifestObject): boolean {
  if (!target) return true;
  const { group, version } = parseApiVersion(object.apiVersion);
  const { name, namespace = "", labels = {}, annotations = {} } = object.metadata;
  const fields: [string, string][] = [
    ["group", group],
    ["version", version],
    ["kind", object.kind],
    ["name", name],
    ["namespace", namespace],
  ];
  return (
    fields.every(([field, value]) => matchesPattern(target[field], value)) &&
    (!isText(target["labelSelector"]) || matchesSelector(labels, target["labelSelector"])) &&
    (!isText(target["annotationSelector"]) || matchesSelector(annotations, target["annotationSelector"]))
  );
}

function matchesPattern(pattern: unknown, value: string): boolean {
  if (!isText(pattern)) return true;
  if (!isSafe(pattern)) return pattern === value;
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return false;
  }
}

/** Go's engine takes linear time for every pattern, this one does not: patterns with a repeated group that repeats inside are taken literally. */
function isSafe(pattern: string): boolean {
  return (
    pattern.length <= 253 && !/\([^()]*[*+{|][^()]*\)[*+{]/.test(pattern) && (pattern.match(/[*+{]/g)?.length ?? 0) <= 6
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
