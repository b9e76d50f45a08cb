import { z } from "zod";
import type { KubeEvent } from "#lib/api/resource-contract.ts";

const time = z.string().nullish();
const eventSchema = z.object({
  type: z.string().nullish(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  note: z.string().nullish(),
  count: z.number().nullish(),
  firstTimestamp: time,
  lastTimestamp: time,
  eventTime: time,
  metadata: z.object({ creationTimestamp: time }).nullish(),
  series: z.object({ count: z.number().nullish(), lastObservedTime: time }).nullish(),
  source: z.object({ component: z.string().nullish() }).nullish(),
  reportingComponent: z.string().nullish(),
  reportingController: z.string().nullish(),
  involvedObject: z
    .object({ kind: z.string().nullish(), namespace: z.string().nullish(), name: z.string().nullish() })
    .nullish(),
  regarding: z
    .object({ kind: z.string().nullish(), namespace: z.string().nullish(), name: z.string().nullish() })
    .nullish(),
});

/**
 * A Kubernetes event (core/v1 or events.k8s.io/v1) with what people read of it, its message masked; undefined for what is none.
 * Newer components write `eventTime` and `series` instead of the timestamps and the count.
 */
export function toKubeEvent(raw: unknown, maskText: (text: string) => string): KubeEvent | undefined {
  const parsed = eventSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  const about = event.involvedObject ?? event.regarding;
  if (!about?.kind || !about.name) return undefined;
  const firstSeen = event.firstTimestamp || event.eventTime || event.metadata?.creationTimestamp;
  const lastSeen = event.series?.lastObservedTime || event.lastTimestamp || firstSeen;
  const count = event.series?.count ?? event.count;
  const source = event.source?.component || event.reportingComponent || event.reportingController;
  return {
    type: event.type || "Normal",
    reason: event.reason ?? "",
    message: maskText(event.message ?? event.note ?? ""),
    ...(count ? { count } : {}),
    ...(firstSeen ? { firstSeen } : {}),
    ...(lastSeen ? { lastSeen } : {}),
    ...(source ? { source } : {}),
    about: { kind: about.kind, ...(about.namespace ? { namespace: about.namespace } : {}), name: about.name },
  };
}
