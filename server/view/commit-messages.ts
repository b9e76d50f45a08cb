import type { History } from "#lib/api/application-contract.ts";
import type { Application } from "#lib/model/application.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { KubeError } from "#server/kube/client.ts";
import { listEvents, type FoundEvent } from "#server/kube/read-events.ts";

/* A source has one such event for each revision; most clusters keep events for an hour. */
const mostEvents = 50;

const stored = /^stored artifact for commit '(.*)'$/s;
const revisionOf = "source.toolkit.fluxcd.io/revision";

/**
 * First lines of commits by revision, as source-controller's events tell them; it keeps them nowhere else.
 * Source: fluxcd/source-controller `internal/controller/gitrepository_controller.go` (`notify`).
 */
export function commitMessages(
  events: ReadonlyArray<{ event: Pick<FoundEvent["event"], "message">; annotations: FoundEvent["annotations"] }>,
): Map<string, string> {
  return new Map(
    events.flatMap(({ event, annotations }): Array<[string, string]> => {
      const message = stored.exec(event.message ?? "")?.[1];
      const revision = annotations[revisionOf];
      return message === undefined || message === "" || revision === undefined ? [] : [[revision, message]];
    }),
  );
}

/**
 * A Kustomization's history with the messages of its commits, as far as the events of its GitRepository are there and this person may list
 * them; as it was where nothing is known.
 */
export async function withCommitMessages(
  { engine, sources }: Pick<Application, "engine" | "sources">,
  history: History,
  { client, masker }: Pick<EngineIo, "client" | "masker">,
): Promise<History> {
  const [source] = sources;
  if (engine !== "flux-kustomization" || source?.kind !== "GitRepository") return history;
  const { namespace, name } = source;
  if (namespace === undefined || name === undefined || history.items.length === 0) return history;
  try {
    const fieldSelector = `involvedObject.kind=GitRepository,involvedObject.name=${name},reason=NewArtifact`;
    const { events } = await listEvents(client, masker, { namespace, fieldSelector, limit: mostEvents });
    const messages = [...commitMessages(events)];
    const items = history.items.map((item) => {
      const message = messages.find(([revision]) => sameRevision(revision, item.revision))?.[1];
      return item.message !== undefined || message === undefined ? item : { ...item, message };
    });
    return { ...history, items };
  } catch (error) {
    if (!(error instanceof KubeError) || error.status === 401) throw error;
    return history;
  }
}
