import { randomUUID } from "node:crypto";
import { auditAnnotations } from "#lib/model/annotations.ts";
import { type ResourceRef, formatApiVersion } from "#lib/model/resource-ref.ts";
import type { KubeClient } from "#server/kube/client.ts";
import { resourcePath } from "#server/kube/api-resource.ts";
import type { AuditEntry } from "./audit.ts";

/** Who Kubernetes Events about actions come from; a field selector finds them by it. */
export const auditReporter = "driftglass";

/* The API server refuses longer messages. */
const longest = 1024;

/**
 * The audit entry as a Kubernetes Event about an object, so that it is seen by all who may list events there, with `kubectl` too.
 * Names nothing but what the log line has. An Event lives in its object's namespace; about a cluster-scoped one in `default`.
 * @param uid of the object, so that `kubectl describe` finds the Event
 */
export function auditEvent(entry: AuditEntry, about: ResourceRef, uid?: string): Record<string, unknown> {
  const namespace = about.namespace ?? "default";
  const { who, action, result, from, to, reason } = entry;
  const annotations: Record<string, string> = {
    [auditAnnotations.unit]: entry.unit,
    [auditAnnotations.action]: action,
    [auditAnnotations.by]: who,
    [auditAnnotations.at]: entry.time,
    [auditAnnotations.result]: result,
    ...(from !== undefined && { [auditAnnotations.from]: from }),
    ...(to !== undefined && { [auditAnnotations.to]: to }),
    ...(reason !== undefined && { [auditAnnotations.reason]: reason }),
    ...(entry.owner !== undefined && { [auditAnnotations.owner]: entry.owner }),
  };
  const message = `${action} by ${who} ${result}: ${entry.message}`;
  // Seconds are all that these fields hold.
  const seconds = entry.time.replace(/\.\d+Z$/, "Z");
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `driftglass.${randomUUID()}`, namespace, annotations },
    involvedObject: {
      apiVersion: formatApiVersion(about.group, about.version ?? "v1"),
      kind: about.kind,
      name: about.name,
      ...(about.namespace !== undefined && { namespace: about.namespace }),
      ...(uid !== undefined && { uid }),
    },
    type: result === "accepted" ? "Normal" : "Warning",
    reason: `${pascal(action)}${pascal(result)}`,
    message: message.length > longest ? `${message.slice(0, longest - 1)}…` : message,
    action,
    source: { component: auditReporter },
    reportingComponent: auditReporter,
    reportingInstance: auditReporter,
    firstTimestamp: seconds,
    lastTimestamp: seconds,
    count: 1,
  };
}

/**
 * Writes the Event with the person's own rights. Whoever may not create events leaves the log line alone: the action was done
 * all the same. @throws KubeError
 */
export async function writeAuditEvent(
  client: Pick<KubeClient, "request">,
  event: ReturnType<typeof auditEvent>,
): Promise<void> {
  const { namespace } = event["metadata"] as { namespace: string };
  await client.request({
    method: "POST",
    path: resourcePath({ group: "", version: "v1", plural: "events", namespaced: true }, namespace),
    body: event,
    timeout: 10_000,
  });
}

function pascal(words: string): string {
  return words
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}
