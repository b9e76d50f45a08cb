import { toYaml } from "#lib/diff/to-yaml.ts";
import type { KubeEventList, LiveResource } from "#lib/api/resource-contract.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { LivePort, LogOptions } from "#server/http/runtime-interface.ts";
import { eventsAbout } from "#server/kube/events-about.ts";
import { eventsFor, podLogs, readObject } from "#server/kube/read.ts";
import { KubeError } from "#server/kube/client.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import { liveFacts } from "./live-facts.ts";
import type { ClusterView } from "./view.ts";

/** Reads of single objects with the rights of the view's person; everything but logs is masked. */
export function createLivePort(masker: Masker): LivePort {
  return {
    async read(view: ClusterView, ref: ResourceRef): Promise<LiveResource> {
      const object = await readObject(view.client, view.discovery, masker, ref);
      const { resourceVersion } = object.metadata;
      return {
        yaml: toYaml(object, { status: true }),
        ...liveFacts(object),
        ...(resourceVersion !== undefined && { resourceVersion }),
      };
    },
    async events(view: ClusterView, ref: ResourceRef): Promise<KubeEventList> {
      return { items: await eventsFor(view.client, masker, ref) };
    },
    async eventsOfMany(view: ClusterView, refs: readonly ResourceRef[]): Promise<KubeEventList> {
      return await eventsAbout(view.client, masker, refs);
    },
    logs(view: ClusterView, ref: ResourceRef, options: LogOptions) {
      if (ref.kind !== "Pod" || ref.group !== "" || ref.namespace === undefined) {
        return Promise.reject(new KubeError(400, "BadRequest", "Only pods have logs."));
      }
      return podLogs(view.client, { namespace: ref.namespace, name: ref.name }, options);
    },
  };
}
