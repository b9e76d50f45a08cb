import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application, type ApplicationRef } from "#lib/model/application.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { ReleaseRecord } from "#server/engines/common/helm-release.ts";

/* helm-controller's words for what it did (`api/v2/snapshot_types.go`), which stand where others have a message. */
const helmActions = new Set(["install", "upgrade", "rollback", "uninstall", "test"]);

/** A unit's history as activity: one entry for each deployment whose time is known. */
export function deploymentsOf(application: Application, revisions: readonly Revision[]): ActivityEntry[] {
  const { engine } = application;
  return revisions.flatMap((revision, index): ActivityEntry[] => {
    const { id, deployedAt, status, message, seconds } = revision;
    if (deployedAt === undefined) return [];
    // Rollouts of several workloads stand in one list: what is below is not what was before.
    const previous = engine === "kubectl" ? undefined : revisions[index + 1];
    // A Helm record whose chart is not known goes by its number, which is no chart version.
    const numbered = previous?.revision === previous?.id || revision.revision === id;
    const before = engine === "flux-helmrelease" && numbered ? undefined : previous?.revision;
    const by = revision.by ?? revision.author;
    const done = message !== undefined && helmActions.has(message) ? message : undefined;
    const failed = revision.failed === true;
    const said = failed ? failureMessage(application, revision) : done === undefined ? message : undefined;
    return [
      {
        id: `deployment/${applicationKey(application)}/${id}`,
        time: deployedAt,
        kind: "deployment",
        result: failed ? "failed" : status?.startsWith("pending-") === true ? "running" : "succeeded",
        what: done ?? workOf(application, id),
        application: refOf(application),
        revision: revision.revision,
        revisionId: id,
        ...(before !== undefined && !sameRevision(before, revision.revision) && { from: before }),
        ...(by !== undefined && { by }),
        ...(said !== undefined && { message: said }),
        ...(seconds !== undefined && { seconds }),
      },
    ];
  });
}

/**
 * The revisions of a plain Helm release by what the labels of its records tell, without decoding any of them. A label has no
 * chart and no description; the history has.
 * @param records newest first
 */
export function recordedDeployments(application: Application, records: readonly ReleaseRecord[]): ActivityEntry[] {
  return records.flatMap(({ version, status, createdAt, modifiedAt }, index): ActivityEntry[] => {
    const time = createdAt ?? modifiedAt;
    if (time === undefined) return [];
    const before = records[index + 1]?.version;
    // A record is written again when the next one replaces it: only the last state's time is the end of the work.
    const finished = status === "deployed" || status === "failed" ? modifiedAt : undefined;
    const seconds = finished === undefined ? Number.NaN : (Date.parse(finished) - Date.parse(time)) / 1000;
    const failed = status === "failed";
    return [
      {
        id: `deployment/${applicationKey(application)}/${version}`,
        time,
        kind: "deployment",
        result: failed ? "failed" : status.startsWith("pending-") ? "running" : "succeeded",
        what: version === 1 ? "install" : status === "pending-rollback" ? "rollback" : "upgrade",
        application: refOf(application),
        revision: String(version),
        revisionId: String(version),
        ...(before !== undefined && { from: String(before) }),
        ...(failed &&
          index === 0 &&
          application.operation?.message !== undefined && { message: application.operation.message }),
        ...(seconds >= 0 && { seconds }),
      },
    ];
  });
}

/**
 * The operation that runs or has failed, where the history does not have it: Argo CD's knows successes alone, and Flux's only what was built.
 */
export function currentOperation(application: Application, known: readonly ActivityEntry[]): ActivityEntry[] {
  const { operation, revision, engine } = application;
  if (operation === undefined || operation.phase === "Succeeded" || operation.kind === "refresh") return [];
  const attempted = revision.attempted ?? revision.desired;
  const told = operation.phase === "Failed" ? "failed" : "running";
  // helm-controller's own rollback follows the upgrade that failed.
  const toldAlready = known
    .slice(0, engine === "flux-helmrelease" ? 2 : 1)
    .some(
      (entry) =>
        entry.result === told &&
        (engine !== "flux-kustomization" ||
          entry.revision === undefined ||
          attempted === undefined ||
          sameRevision(entry.revision, attempted)),
    );
  if (toldAlready) return [];
  const { kind, startedAt, finishedAt, message, by } = operation;
  const seconds = finishedAt === undefined ? Number.NaN : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return [
    {
      id: `operation/${applicationKey(application)}/${startedAt}`,
      time: finishedAt ?? startedAt,
      kind: "deployment",
      result: operation.phase === "Failed" ? "failed" : "running",
      what: kind,
      application: refOf(application),
      ...(attempted !== undefined && { revision: attempted }),
      ...(revision.applied !== undefined && revision.applied !== attempted && { from: revision.applied }),
      ...(by !== undefined && { by }),
      ...(message !== undefined && { message }),
      ...(seconds > 0 && { seconds }),
    },
  ];
}

/** Names an application; a row has more in it. */
export function refOf({ engine, namespace, name }: ApplicationRef): ApplicationRef {
  return { engine, namespace, name };
}

/** What an engine does when it deploys. */
function workOf({ engine }: Application, id: string): string {
  if (engine === "flux-helmrelease") return id === "1" ? "install" : "upgrade";
  return engine === "kubectl" ? "rollout" : "sync";
}

/** What went wrong with a failed revision, which only the row knows, and only of the last attempt. */
function failureMessage({ operation, revision }: Application, failed: Revision): string | undefined {
  const last = revision.attempted === undefined || sameRevision(revision.attempted, failed.revision);
  if (operation?.phase === "Failed" && operation.message !== undefined && last) return operation.message;
  return failed.message ?? failed.status;
}
