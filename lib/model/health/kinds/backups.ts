import { type Fields, fields, text } from "../fields.ts";
import { byConditions, byWord, type KindRule, type KindRules } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// Backups, snapshots and volumes: CSI snapshots, Longhorn, VolSync, K8up, Stash, and the backups of database operators.

/** https://kubernetes.io/docs/concepts/storage/volume-snapshots/: an error stays until a retry worked. */
function judgeSnapshot(object: Fields): Health {
  const status = fields(object["status"]);
  const error = text(fields(status["error"])["message"]);
  if (status["readyToUse"] === true) return verdict("Healthy");
  return error === "" ? verdict("Progressing", "", "Waiting for the snapshot") : verdict("Degraded", "Error", error);
}

/**
 * longhorn-manager k8s/pkg/apis/longhorn: robustness is only known while attached, but for `faulted`, which means that no replica is
 * left to attach.
 */
function judgeLonghornVolume(object: Fields): Health {
  const { state, robustness } = fields(object["status"]);
  if (robustness === "faulted") return verdict("Degraded", "Faulted", "No replica of the volume is healthy");
  if (state === "attached" && robustness === "degraded")
    return verdict("Degraded", "Degraded", "Some replicas of the volume are not healthy");
  if (state === "attached" || state === "detached") return verdict("Healthy");
  return verdict("Progressing", "", text(state) || "Waiting for the volume");
}

function judgeBackupTarget(object: Fields): Health {
  const available = fields(object["status"])["available"];
  if (available === undefined) return verdict("Progressing", "", "Waiting for the backup target to be tried");
  return available === true
    ? verdict("Healthy")
    : verdict("Degraded", "Unavailable", "The backup target can't be reached");
}

/** https://volsync.readthedocs.io/en/stable/usage/: between two runs it waits, which is as it should be. */
const replication = byConditions([
  ["Synchronizing", "False", "Degraded", ["Error"]],
  ["Synchronizing", "False", "Healthy"],
  ["Synchronizing", "True", "Progressing"],
]);

/** https://docs.k8up.io/: Completed is True for a failed run, too; its reason tells. */
const k8upRun = byConditions([
  ["Completed", "True", "Degraded", ["Failed"]],
  ["Completed", "True", "Healthy"],
  ["Ready", "False", "Degraded"],
]);

/** A run that ends: what is running is not done yet. */
const run = (path: string, failures: readonly string[]): KindRule =>
  byWord(path, {
    ...Object.fromEntries(failures.map((word) => [word, "Degraded" as const])),
    completed: "Healthy",
    Succeeded: "Healthy",
    ready: "Healthy",
  });
const perconaRun = run("status.state", ["Failed", "Error", "error", "rejected"]);
const stashRun = run("status.phase", ["Failed", "Unknown"]);

export const backupRules: Readonly<Record<string, KindRules>> = {
  "snapshot.storage.k8s.io": { VolumeSnapshot: judgeSnapshot, VolumeSnapshotContent: judgeSnapshot },
  "groupsnapshot.storage.k8s.io": { VolumeGroupSnapshot: judgeSnapshot, VolumeGroupSnapshotContent: judgeSnapshot },
  "longhorn.io": { Volume: judgeLonghornVolume, BackupTarget: judgeBackupTarget },
  "volsync.backube": { ReplicationSource: replication, ReplicationDestination: replication },
  "k8up.io": { Backup: k8upRun, Restore: k8upRun, Archive: k8upRun, Check: k8upRun, Prune: k8upRun },
  "pxc.percona.com": { PerconaXtraDBClusterBackup: perconaRun, PerconaXtraDBClusterRestore: perconaRun },
  "psmdb.percona.com": { PerconaServerMongoDBBackup: perconaRun, PerconaServerMongoDBRestore: perconaRun },
  "stash.appscode.com": { BackupSession: stashRun, RestoreSession: stashRun },
  "postgresql.cnpg.io": { Backup: run("status.phase", ["failed", "walArchivingFailing"]) },
};
