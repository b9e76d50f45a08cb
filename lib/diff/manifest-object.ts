import { parseApiVersion, type ResourceRef } from "../model/resource-ref.ts";

/** The least that comparing needs of a Kubernetes object; everything that Driftglass calls an object has it. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** What an object is called. */
export function refOf(object: ManifestObject): ResourceRef {
  const { group, version } = parseApiVersion(object.apiVersion);
  const { name, namespace } = object.metadata;
  return {
    group,
    version,
    kind: object.kind,
    name,
    ...(namespace === undefined || namespace === "" ? {} : { namespace }),
  };
}
