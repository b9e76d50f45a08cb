import { compareText } from "#lib/compare-text.ts";
import type { KubeEvent, KubeEventList } from "#lib/api/resource-contract.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { resourcePath } from "./api-resource.ts";
import { KubeError, type KubeClient } from "./client.ts";
import type { Masker } from "./redaction/masker.ts";
import { toKubeEvent } from "./slim-event.ts";

/** So many events of one namespace are looked through. */
const mostOfNamespace = 5000;
/** So many are answered. */
const most = 500;
const mostNamespaces = 12;

/**
 * The events about any of these objects, newest first, with masked messages. Each namespace is asked once, however many objects
 * it has. A namespace whose events this person may not list is named in the answer's message. @throws KubeError when none can be read
 */
export async function eventsAbout(
  client: Pick<KubeClient, "request">,
  masker: Pick<Masker, "maskText">,
  refs: readonly ResourceRef[],
): Promise<KubeEventList> {
  const wanted = new Set(refs.map(({ kind, name, namespace }) => `${kind}/${namespace ?? ""}/${name}`));
  // Events about cluster-scoped objects are written to `default`.
  const all = [...new Set(refs.map(({ namespace }) => namespace ?? "default"))];
  const namespaces = all.slice(0, mostNamespaces);
  const refused: string[] = [];
  let fault: unknown;
  const lists = await Promise.all(
    namespaces.map(async (namespace): Promise<KubeEvent[]> => {
      try {
        const answer = await client.request<{ items?: readonly unknown[] }>({
          path: resourcePath({ group: "", version: "v1", plural: "events", namespaced: true }, namespace),
          query: { limit: mostOfNamespace },
        });
        return (answer.items ?? []).flatMap((item) => {
          // Masking is the costly part: only what is asked for goes through it.
          const about = aboutOf(item);
          if (about === undefined || !wanted.has(about)) return [];
          return toKubeEvent(item, (text) => masker.maskText(text)) ?? [];
        });
      } catch (error) {
        if (!(error instanceof KubeError) || error.status === 401) throw error;
        fault = error;
        refused.push(namespace);
        return [];
      }
    }),
  );
  if (refused.length > 0 && refused.length === namespaces.length) throw fault;
  const items = lists.flat().sort((a, b) => compareText(timeOf(b), timeOf(a)));
  const left = all.length - namespaces.length;
  const notes = [
    ...(refused.length > 0 ? [`Events in ${refused.join(", ")} could not be read.`] : []),
    ...(left > 0 ? [`${left} more namespaces were not looked at.`] : []),
    ...(items.length > most ? [`The newest ${most} of ${items.length}.`] : []),
  ];
  return { items: items.slice(0, most), ...(notes.length > 0 && { message: notes.join(" ") }) };
}

function aboutOf(item: unknown): string | undefined {
  const about = (item as { involvedObject?: Partial<ResourceRef> } | null)?.involvedObject;
  return about && `${about.kind ?? ""}/${about.namespace ?? ""}/${about.name ?? ""}`;
}

function timeOf({ lastSeen, firstSeen }: KubeEvent): string {
  return lastSeen ?? firstSeen ?? "";
}
