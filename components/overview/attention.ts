import type { Action } from "#lib/model/action.ts";
import type { Application } from "#lib/model/application.ts";

/** Why an application stands on the overview, the worst first. */
const ranks = ["Degraded", "Missing", "Failed", "Unknown", "OutOfSync", "Progressing"] as const;

/** An application that needs a person, and the one action that is most likely to help. */
export type Attention = { application: Application; rank: number; action: Action };

/**
 * What needs attention now, worst first. Suspended and held applications are as somebody wants them, and drift has a page of its own.
 */
export function attention(applications: readonly Application[]): Attention[] {
  return applications
    .flatMap((application): Attention[] => {
      const rank = rankOf(application);
      return rank === undefined ? [] : [{ application, rank, action: remedy(application) }];
    })
    .sort((a, b) => a.rank - b.rank || nameOf(a).localeCompare(nameOf(b)));
}

/**
 * The action to offer: back to what worked where what runs now is broken; a stop where an operation hangs; else another try.
 */
export function remedy({ engine, health, operation, hold, suspended }: Application): Action {
  if (hold) return "release-hold";
  if (suspended) return "resume";
  // Records of a Helm that was interrupted are healed by a rollback alone.
  if (engine === "helm" && operation !== undefined && operation.phase !== "Succeeded") return "rollback";
  if (engine === "argocd" && operation?.phase === "Running" && operation.kind !== "refresh") return "terminate";
  const deployedAndBroken = health.status === "Degraded" && health.cause !== undefined && health.cause.kind !== "Job";
  return deployedAndBroken ? "rollback" : "sync";
}

function rankOf({ health, sync, operation, suspended, hold }: Application): number | undefined {
  const rank = (word: (typeof ranks)[number]) => ranks.indexOf(word);
  if (health.status === "Degraded" || health.status === "Missing") return rank(health.status);
  if (operation?.phase === "Failed") return rank("Failed");
  if (health.status === "Unknown") return rank("Unknown");
  if (suspended || hold) return undefined;
  if (health.status === "Progressing") return rank("Progressing");
  return sync.status === "OutOfSync" ? rank("OutOfSync") : undefined;
}

function nameOf({ application: { namespace, name } }: Attention): string {
  return `${namespace}/${name}`;
}
