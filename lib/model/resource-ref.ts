import type { z } from "zod";
import type { resourceRefSchema } from "./resource-ref-schema.ts";

/** Names one Kubernetes object; see {@link resourceRefSchema}. */
export type ResourceRef = z.infer<typeof resourceRefSchema>;

/** Identity of an object as a map key: `group/kind/namespace/name`, equal for every version of the same object. */
export function resourceKey(ref: Pick<ResourceRef, "group" | "kind" | "namespace" | "name">): string {
  return `${ref.group}/${ref.kind}/${ref.namespace ?? ""}/${ref.name}`;
}

/** A ref as people write it: `Deployment/backend`. */
export function formatRef(ref: Pick<ResourceRef, "kind" | "name">): string {
  return `${ref.kind}/${ref.name}`;
}

/** Splits `apps/v1` into group and version; `v1` is the core group. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf("/");
  return slash < 0
    ? { group: "", version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Joins group and version the way manifests write them. */
export function formatApiVersion(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}
