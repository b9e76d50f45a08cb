import { compareText } from "#lib/compare-text.ts";
import type { Application, Reason } from "#lib/model/application.ts";
import { healthStatusSchema } from "#lib/model/health-status-schema.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { revisionStep, shortRevision } from "#lib/model/revision-format.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { sentence, shortMessage } from "../common/message.ts";
import { healthOf, syncOf, unjudgedDrift } from "../common/row.ts";
import type { RollUp } from "../roll-up.ts";
import { type ArgoResource, syncWord } from "./inventory.ts";
import { type ArgoApplication, joinRevisions, lastDeployment, revisionsOf } from "./kind.ts";

const namedResources = 2;

/** Argo CD's own health word, with the words of the resource that causes it; computed from live objects where Argo CD has none yet. */
export function argoHealth({ status, stored }: ArgoApplication, sum: RollUp): Application["health"] {
  if (stored.object.metadata.deletionTimestamp !== undefined)
    return healthOf("Progressing", "Terminating", "being deleted");
  const own = fields(status["health"]);
  const word = healthStatusSchema.safeParse(own["status"]);
  const failure = conditionReasons(status)[0];
  if (!word.success)
    return list(status["resources"]).length > 0
      ? sum.health
      : healthOf("Unknown", "NotCompared", failure?.text ?? "Argo CD has not judged it yet");
  if (word.data === "Healthy") return healthOf("Healthy");
  const message = text(own["message"]);
  // Only a cause that bears the same word explains the verdict; the live state may already be another.
  if (sum.health.status === word.data || (word.data === "Degraded" && sum.health.cause?.kind === "Pod"))
    return { ...sum.health, status: word.data };
  if (message !== "") return healthOf(word.data, undefined, shortMessage(message));
  if (failure !== undefined) return healthOf(word.data, failure.type, failure.text);
  return {
    ...healthOf(word.data, undefined, fallbackWords(word.data, status, sum)),
    ...(sum.health.cause !== undefined && { cause: sum.health.cause }),
  };
}

/** Something to say about a word that no resource of that word explains (any more): a word alone tells nobody what to do. */
function fallbackWords(word: string, status: Fields, sum: RollUp): string {
  const running = fields(status["operationState"]);
  if (text(running["phase"]) === "Running" && text(running["message"]) !== "")
    return shortMessage(text(running["message"]));
  return (
    sum.health.message ??
    sum.reasons[0]?.text ??
    `Argo CD called it ${word} when it looked last; its resources look well now`
  );
}

/** Argo CD's own sync word; a verdict on another target than the spec names now is stale. */
export function argoSync(application: ArgoApplication, resources: readonly ArgoResource[]): Application["sync"] {
  const { status, sync } = application;
  const word = syncWord(text(sync["status"]));
  const failure = conditionReasons(status).find((reason) => reason.type !== "OrphanedResourceWarning");
  if (word === undefined) return syncOf("Unknown", "NotCompared", failure?.text ?? "Argo CD has not compared it yet");
  if (word === "Unknown") return syncOf("Unknown", failure?.type, failure?.text ?? "Argo CD can't compare it");
  if (isStale(application))
    return syncOf("Unknown", "ComparisonStale", "its source or destination was changed; Argo CD compares it again");
  if (word === "Synced") return syncOf("Synced");
  return syncOf(
    "OutOfSync",
    sourceStep(application) === undefined ? "LiveDiffers" : "SourceAhead",
    sentence(sourceStep(application), differences(resources)),
  );
}

/** From the revision that was deployed last to the one that Argo CD compares with; undefined when they are the same. */
function sourceStep(application: ArgoApplication): string | undefined {
  const last = lastDeployment(application);
  const compared = revisionsOf(application.sync);
  if (last === undefined) return compared.length === 0 ? undefined : `${shortAll(compared)} has never been synced`;
  const deployed = revisionsOf(last);
  const changed = compared.findIndex((revision, index) => revision !== deployed[index]);
  if (changed < 0) return undefined;
  return revisionStep(deployed[changed] ?? joinRevisions(deployed) ?? "nothing", compared[changed] ?? "");
}

function differences(resources: readonly ArgoResource[]): string | undefined {
  const differing = resources.filter((resource) => resource.sync === "OutOfSync");
  if (differing.length === 0) return undefined;
  const names = differing
    .slice(0, namedResources)
    .map((resource) => `${formatRef(resource.ref)}${resource.requiresPruning ? " (to be pruned)" : ""}`);
  const rest = differing.length - names.length;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""} ${differing.length === 1 ? "differs" : "differ"}`;
}

/**
 * Drift by Argo CD's own verdicts: what is OutOfSync although the revision is the one that was deployed. When the source is ahead, Argo CD's
 * verdicts don't tell a pending commit from a change by hand, so nothing is claimed. What waits for pruning has not drifted.
 */
export function argoDrift(
  application: ArgoApplication,
  resources: readonly ArgoResource[],
  sync: Application["sync"],
): Application["drift"] {
  if (sync.status === "Synced") return { status: "None", count: 0, exactness: "engine", ...checkedAt(application) };
  if (sync.status === "Unknown") return unjudgedDrift(sync.message);
  if (sourceStep(application) !== undefined)
    return unjudgedDrift("the source is ahead: Argo CD's verdict does not tell pending changes from changes by hand");
  const drifted = resources.filter(
    (resource) => resource.sync === "OutOfSync" && !resource.requiresPruning && resource.hook !== true,
  );
  if (drifted.length === 0) return { status: "None", count: 0, exactness: "engine", ...checkedAt(application) };
  return { status: "Drifted", count: drifted.length, exactness: "engine", ...checkedAt(application) };
}

function checkedAt({ status }: ArgoApplication): { checkedAt?: string } {
  const at = text(status["reconciledAt"]);
  return at === "" ? {} : { checkedAt: at };
}

/** Conditions of the Application (it uses another shape than Kubernetes': no status) as lines of "why". */
export function conditionReasons(status: Fields): (Reason & { type: string })[] {
  return list(status["conditions"]).map((item) => {
    const condition = fields(item);
    const type = text(condition["type"]);
    const about =
      type === "SyncError"
        ? "operation"
        : type.includes("Comparison") || type.includes("InvalidSpec")
          ? "sync"
          : "health";
    return { about, type, text: sentence(type, shortMessage(stripGrpc(text(condition["message"])))) };
  });
}

function stripGrpc(message: string): string {
  return message
    .replace(/(?:failed to )?(?:load target state|generate manifest for source \d+ of \d+): ?/gi, "")
    .replace(/rpc error: code = \w+ desc = /g, "");
}

/** Whether `status.sync.comparedTo` is about another source or destination than the spec. */
export function isStale({ spec, sync, manySources }: ArgoApplication): boolean {
  const compared = fields(sync["comparedTo"]);
  if (Object.keys(compared).length === 0) return false;
  if (canonical(compared["destination"]) !== canonical(spec["destination"])) return true;
  return manySources
    ? canonical(compared["sources"]) !== canonical(spec["sources"])
    : canonical(compared["source"]) !== canonical(spec["source"]);
}

/** JSON without empty values and with sorted keys: Go writes empties that a person's spec leaves out. */
function canonical(value: unknown): string {
  return JSON.stringify(prune(value)) ?? "";
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => prune(item) ?? null);
  if (typeof value !== "object" || value === null)
    return value === "" || value === false || value === null ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, prune(item)] as const)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => compareText(a, b));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function shortAll(revisions: readonly string[]): string {
  return revisions
    .filter((revision) => revision !== "")
    .map(shortRevision)
    .join(", ");
}
