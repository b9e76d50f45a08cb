import { auditReporter } from "#server/actions/audit-event.ts";
import { KubeError } from "#server/kube/client.ts";
import { listEvents, type FoundEvent } from "#server/kube/read-events.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";

/** What the cluster's Events tell, as far as this person may list them. */
export interface ClusterEvents {
  readonly warnings: readonly FoundEvent[];
  readonly actions: readonly FoundEvent[];
  /** What is missing, in words. */
  readonly notes: readonly string[];
}

/* At most so many of one kind are looked at; the API server gives them by name. */
const mostEvents = 1000;
/* A person of a few namespaces is asked for namespace by namespace; beyond these it is said. */
const mostNamespaces = 30;

const warnings = `type=Warning,reportingComponent!=${auditReporter}`;
const actions = `reportingComponent=${auditReporter}`;

/**
 * Warnings, and the actions that Driftglass has written, read with the person's own rights: everywhere, or else in the namespaces whose
 * applications they may read. What is refused is noted.
 * @throws KubeError with status 401
 */
export async function readClusterEvents(
  view: Pick<ClusterView, "client" | "snapshot">,
  masker: Masker,
): Promise<ClusterEvents> {
  try {
    return await inPlace(view, masker);
  } catch (error) {
    if (!(error instanceof KubeError) || error.status === 401) throw error;
    if (error.status !== 403) return { warnings: [], actions: [], notes: [`Events can't be read: ${error.message}`] };
  }
  const namespaces = [...new Set(view.snapshot().items.map(({ namespace }) => namespace))].sort();
  const found = await Promise.allSettled(
    namespaces.slice(0, mostNamespaces).map((namespace) => inPlace(view, masker, namespace)),
  );
  const refused = namespaces.filter((_, index) => found[index]?.status !== "fulfilled");
  const read = found.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  return {
    warnings: read.flatMap((each) => each.warnings),
    actions: read.flatMap((each) => each.actions),
    notes: [
      ...new Set(read.flatMap(({ notes }) => notes)),
      ...(refused.length > 0
        ? [`Warnings and actions of others are missing where you may not list events: ${refused.join(", ")}.`]
        : []),
    ],
  };
}

/** In one namespace, or everywhere. @throws KubeError */
async function inPlace(
  { client }: Pick<ClusterView, "client">,
  masker: Masker,
  namespace?: string,
): Promise<ClusterEvents> {
  const read = (fieldSelector: string) =>
    listEvents(client, masker, { ...(namespace !== undefined && { namespace }), fieldSelector, limit: mostEvents });
  const [warned, acted] = await Promise.all([read(warnings), read(actions)]);
  return {
    warnings: warned.events,
    actions: acted.events,
    notes: warned.more || acted.more ? [`There are more events than the ${mostEvents} that are looked at.`] : [],
  };
}
