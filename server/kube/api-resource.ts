import { formatApiVersion } from "#lib/model/resource-ref.ts";

/** A kind that the API server serves, in its preferred version. */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/**
 * Path of a kind's collection, or of one object when `name` is given; each segment encoded.
 * Without a namespace it is the collection of all namespaces.
 */
export function resourcePath(
  resource: Pick<ApiResource, "group" | "version" | "plural" | "namespaced">,
  namespace?: string,
  name?: string,
  subresource?: string,
): string {
  const root = resource.group === "" ? "/api/v1" : `/apis/${formatApiVersion(resource.group, resource.version)}`;
  const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const object = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  return `${root}${scope}/${resource.plural}${object}${subresource === undefined ? "" : `/${subresource}`}`;
}
