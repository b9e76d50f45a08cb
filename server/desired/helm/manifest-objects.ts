import { parseApiVersion } from "#lib/model/resource-ref.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { DesiredObject } from "../desired-state.ts";
import type { MaskedRelease } from "./release.ts";

/**
 * A release's objects as Helm applies them: in the release's namespace where the manifest names none, and with Helm's ownership label and annotations.
 * Source: helm `pkg/action/validate.go` (setMetadataVisitor).
 */
export function manifestObjects(release: MaskedRelease, discovery: Discovery): DesiredObject[] {
  return release.objects.map((object) => {
    const { labels, annotations, namespace } = object.metadata;
    const { group } = parseApiVersion(object.apiVersion);
    const namespaced = discovery.resolve({ group, kind: object.kind })?.namespaced ?? true;
    const { namespace: _unused, ...metadata } = object.metadata;
    return {
      object: {
        ...object,
        metadata: {
          ...metadata,
          ...(namespaced ? { namespace: namespace ?? release.namespace } : {}),
          labels: { ...labels, "app.kubernetes.io/managed-by": "Helm" },
          annotations: {
            ...annotations,
            "meta.helm.sh/release-name": release.name,
            "meta.helm.sh/release-namespace": release.namespace,
          },
        },
      },
    };
  });
}
