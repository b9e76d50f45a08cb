import type { KubeEvent } from "#lib/api/resource-contract.ts";
import { parseApiVersion, type ResourceRef } from "#lib/model/resource-ref.ts";
import { resourcePath } from "./api-resource.ts";
import type { KubeClient } from "./client.ts";
import { isRecord } from "./redaction/json.ts";
import type { Masker } from "./redaction/masker.ts";
import { toKubeEvent } from "./slim-event.ts";

/** An event with all that tells what it is about. */
export interface FoundEvent {
  readonly uid: string;
  readonly event: KubeEvent;
  readonly about: ResourceRef;
  /** Masked. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Which events. */
export interface EventQuery {
  /** Absent for all namespaces. */
  readonly namespace?: string;
  readonly fieldSelector: string;
  /** At most so many. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * Events of a namespace or of all, masked, in no order. `more` says that there are others beyond the limit: the API server gives
 * them by name and not by time.
 * @throws KubeError as the client does, 403 where this person may not list events.
 */
export async function listEvents(
  client: Pick<KubeClient, "request">,
  masker: Masker,
  { namespace, fieldSelector, limit, signal }: EventQuery,
): Promise<{ events: FoundEvent[]; more: boolean }> {
  const answer = await client.request<{ items?: readonly unknown[]; metadata?: { continue?: string } }>({
    path: resourcePath({ group: "", version: "v1", plural: "events", namespaced: true }, namespace),
    query: { fieldSelector, limit },
    ...(signal && { signal }),
  });
  const maskText = (text: string): string => masker.maskText(text);
  const events = (answer.items ?? []).flatMap((item) => found(item, maskText) ?? []);
  return { events, more: (answer.metadata?.continue ?? "") !== "" };
}

function found(item: unknown, maskText: (text: string) => string): FoundEvent | undefined {
  const event = toKubeEvent(item, maskText);
  if (!event || !isRecord(item)) return undefined;
  const metadata = isRecord(item["metadata"]) ? item["metadata"] : {};
  const involved = isRecord(item["involvedObject"]) ? item["involvedObject"] : {};
  const { group, version } = parseApiVersion(word(involved["apiVersion"]) || "v1");
  const annotations = isRecord(metadata["annotations"]) ? metadata["annotations"] : {};
  return {
    uid: word(metadata["uid"]),
    event,
    about: { group, version, ...event.about },
    annotations: Object.fromEntries(
      Object.entries(annotations).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, maskText(value)]] : [],
      ),
    ),
  };
}

function word(value: unknown): string {
  return typeof value === "string" ? value : "";
}
