import type { Application, Operation } from "#lib/model/application.ts";
import { sentence, shortMessage } from "../common/message.ts";
import { healthOf, syncOf } from "../common/row.ts";
import type { ReadContext } from "../engine.ts";
import { isWorse } from "../judge.ts";
import type { RollUp } from "../roll-up.ts";
import { type HelmRelease, workOf } from "./kind.ts";

// Three times Helm's default timeout: whoever still runs it would have given up.
const stuckAfter = 15 * 60_000;

/** Health of a release: Helm's status first, then its resources. */
export function helmHealth(release: HelmRelease, sum: RollUp, { desired, now }: ReadContext): Application["health"] {
  const { status } = release.newest;
  const description = desired?.facts?.description;
  if (status === "failed") return healthOf("Degraded", "failed", failureWords(release, description));
  if (status.startsWith("pending-")) {
    const pending = healthOf("Progressing", status, pendingWords(release, now));
    return isWorse(sum.health.status, "Progressing") && sum.health.status !== "Unknown" ? sum.health : pending;
  }
  if (status === "uninstalling") return healthOf("Progressing", status, uninstallWords(release, now));
  if (status === "uninstalled") return healthOf("Missing", status, "uninstalled; its history is kept");
  if (status !== "deployed")
    return healthOf("Unknown", status, `Helm calls its newest revision ${status}, and none is deployed`);
  if (desired === undefined) return healthOf("Unknown", "Loading", "its release record is being read");
  if (desired.error !== undefined) return healthOf("Unknown", "RecordUnreadable", desired.error);
  return sum.health;
}

/** A release is its own source: Synced when its newest revision is the deployed one. */
export function helmSync(release: HelmRelease, { desired }: ReadContext): Application["sync"] {
  const { newest } = release;
  if (newest.status === "deployed") return syncOf("Synced");
  if (newest.status === "failed")
    return syncOf(
      "OutOfSync",
      "failed",
      sentence(`revision ${newest.version} failed`, cause(desired?.facts?.description)),
    );
  if (newest.status.startsWith("pending-"))
    return syncOf("OutOfSync", newest.status, `revision ${newest.version} is ${newest.status}`);
  if (newest.status === "uninstalled" || newest.status === "uninstalling")
    return syncOf("OutOfSync", newest.status, newest.status);
  return syncOf("Unknown", newest.status, `Helm calls its newest revision ${newest.status}`);
}

/** Helm's work by the newest record: a pending one runs as far as anyone knows, a failed one has failed. */
export function helmOperation(release: HelmRelease, { desired, now }: ReadContext): Operation | undefined {
  const { newest } = release;
  const description = desired?.facts?.description;
  const startedAt = newest.createdAt ?? newest.modifiedAt;
  if (startedAt === undefined) return undefined;
  if (newest.status === "uninstalling")
    return { kind: "uninstall", phase: "Running", startedAt: newest.modifiedAt ?? startedAt };
  const kind = workOf(release, description);
  if (newest.status.startsWith("pending-"))
    return { kind, phase: "Running", startedAt, message: pendingWords(release, now) };
  const finishedAt = newest.modifiedAt ?? startedAt;
  if (newest.status === "failed")
    return { kind, phase: "Failed", startedAt, finishedAt, message: failureWords(release, description) };
  return newest.status === "deployed" ? { kind, phase: "Succeeded", startedAt, finishedAt } : undefined;
}

/** Whether a revision has been pending or being uninstalled for so long that nobody can still be at it; never without a clock. */
export function isStuck({ newest: { status, createdAt, modifiedAt } }: HelmRelease, now: string | undefined): boolean {
  // An uninstall writes no record of its own: it marks the newest one.
  const since = status === "uninstalling" ? (modifiedAt ?? createdAt) : (createdAt ?? modifiedAt);
  return (
    now !== undefined &&
    since !== undefined &&
    (status.startsWith("pending-") || status === "uninstalling") &&
    Date.parse(now) - Date.parse(since) > stuckAfter
  );
}

function uninstallWords(release: HelmRelease, now: string | undefined): string {
  return isStuck(release, now)
    ? "stuck: whoever was uninstalling it seems to be gone; uninstall it again to finish"
    : "being uninstalled";
}

function pendingWords(release: HelmRelease, now: string | undefined): string {
  const { status, version } = release.newest;
  if (!isStuck(release, now)) return `revision ${version} is ${status}`;
  return `stuck: revision ${version} is ${status} and whoever ran it seems to be gone; ${release.deployed === undefined ? "uninstall it" : `roll back to revision ${release.deployed.version}`} to get out`;
}

function failureWords(release: HelmRelease, description: string | undefined): string {
  return sentence(`${workOf(release, description)} to revision ${release.newest.version} failed`, cause(description));
}

/** Helm's description without what the row tells already: `Upgrade "ledger" failed: pre-upgrade hooks failed: …`. */
function cause(description: string | undefined): string | undefined {
  return description === undefined
    ? undefined
    : shortMessage(description.replace(/^(?:Upgrade|Release|Rollback|Install(?:ation)?) "[^"]*" failed:\s*/i, ""));
}
