import { stringify } from "yaml";
import { compareText } from "../compare-text.ts";
import { isRecord } from "./json.ts";
import type { ManifestObject } from "./manifest-object.ts";

const first = ["apiVersion", "kind", "metadata", "type", "spec", "data", "stringData"];
const firstOfMetadata = ["name", "namespace", "labels", "annotations"];
const machinery = new Set(["managedFields", "resourceVersion", "generation", "uid", "selfLink", "creationTimestamp"]);

/** How an object is written: with its status, and with what the API server adds to metadata. */
export interface YamlOptions {
  readonly status?: boolean;
  readonly serverMetadata?: boolean;
}

/**
 * A masked object as YAML that can be compared line by line: keys in one order whatever the source's (apiVersion, kind, metadata, spec,
 * data, the rest by name; `name` first in list items), never managed fields or the last-applied annotation.
 */
export function toYaml(object: ManifestObject, { status = false, serverMetadata = false }: YamlOptions = {}): string {
  const names = ordered(Object.keys(object), first).filter((name) => name !== "status" || status);
  const entries = names
    .toSorted((a, b) => Number(a === "status") - Number(b === "status"))
    .map((name): [string, unknown] => [
      name,
      name === "metadata" ? metadataOf(object, serverMetadata) : sorted(object[name]),
    ]);
  return valueToYaml(Object.fromEntries(entries));
}

/** Any masked JSON value as YAML, keys as they come; spelled so that YAML 1.1 readers (kubectl) read it the same. */
export function valueToYaml(value: unknown): string {
  return stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false, minContentWidth: 0 });
}

/** A copy with all keys in alphabetical order, `name` first. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(ordered(Object.keys(value), ["name"]).map((key) => [key, sorted(value[key])]));
}

function metadataOf(object: ManifestObject, serverMetadata: boolean): unknown {
  const metadata: Readonly<Record<string, unknown>> = object.metadata;
  const names = ordered(Object.keys(metadata), firstOfMetadata).filter(
    (name) => name !== "managedFields" && (serverMetadata || !machinery.has(name)),
  );
  const result: Record<string, unknown> = {};
  for (const name of names) {
    const value = name === "annotations" ? annotationsOf(metadata[name]) : sorted(metadata[name]);
    if (value !== undefined && value !== null) result[name] = value;
  }
  return result;
}

function annotationsOf(value: unknown): unknown {
  if (!isRecord(value)) return undefined;
  const { "kubectl.kubernetes.io/last-applied-configuration": _applied, ...rest } = value;
  return Object.keys(rest).length > 0 ? sorted(rest) : undefined;
}

function ordered(names: readonly string[], before: readonly string[]): string[] {
  const rank = (name: string): number => (before.includes(name) ? before.indexOf(name) : before.length);
  return names.toSorted((a, b) => rank(a) - rank(b) || compareText(a, b));
}
