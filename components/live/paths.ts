import type { ApplicationRef } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";

/** The API path of an application, each part encoded. */
export function applicationPath(unit: ApplicationRef): string {
  return `applications/${unit.engine}/${encodeURIComponent(unit.namespace)}/${encodeURIComponent(unit.name)}`;
}

/** The page of an application. */
export function applicationHref(unit: ApplicationRef, tab?: string): string {
  const page = `/apps/${unit.engine}/${encodeURIComponent(unit.namespace)}/${encodeURIComponent(unit.name)}`;
  return tab === undefined ? page : `${page}?tab=${tab}`;
}

/** The API path of a live object: `_` is "no namespace", `core` the core group. */
export function resourcePath(ref: ResourceRef): string {
  const parts = [ref.group || "core", ref.version ?? "v1", ref.kind, ref.namespace ?? "_", ref.name];
  return `resources/${parts.map(encodeURIComponent).join("/")}`;
}

