import type { FluxSource } from "#lib/model/flux-source.ts";
import { type Condition, findCondition } from "#lib/model/conditions.ts";
import type { Fields } from "#lib/model/health/fields.ts";
import { sentence, shortMessage } from "#server/engines/common/message.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** What a source is judged by. */
export interface SourceFacts {
  readonly metadata: KubeObject["metadata"];
  readonly status: Fields;
  readonly conditions: readonly Condition[];
  readonly suspended: boolean;
  /** source-controller fetches nothing for it. */
  readonly passive: boolean;
  /** It never has an artifact: an OCI Helm repository. */
  readonly addressOnly: boolean;
  readonly hasArtifact: boolean;
  /** The time of a request that is not answered yet. */
  readonly pending: string | undefined;
}

/**
 * Conditions that say what went wrong, the most telling first; all are True when it did, but for SourceVerified.
 * Source: source-controller `api/v1/condition_types.go`.
 */
const failures = [
  "Stalled",
  "FetchFailed",
  "SourceVerified",
  "IncludeUnavailable",
  "BuildFailed",
  "StorageOperationFailed",
];

/** Reasons for which Ready is False although nothing is wrong: it is on its way. */
const waiting = new Set([
  "Progressing",
  "ProgressingWithRetry",
  "Initializing",
  "DependencyNotReady",
  "NoSourceArtifact",
]);

/** The state of a source in one word, with the condition that says so. A failure is shown even when the source is suspended. */
export function judgeSource(facts: SourceFacts): FluxSource["status"] {
  const { metadata, conditions, suspended } = facts;
  if (metadata.deletionTimestamp !== undefined)
    return {
      status: "Progressing",
      reason: "Terminating",
      message: "being deleted",
      since: metadata.deletionTimestamp,
    };
  const failure = failureOf(facts);
  if (suspended) {
    const words = "suspended: nothing new is fetched until someone resumes it";
    if (failure === undefined) return { status: "Suspended", reason: "Suspended", message: words };
    return { ...describe("Suspended", failure), message: sentence("suspended", failureWords(failure)) };
  }
  if (facts.pending !== undefined)
    return {
      status: "Progressing",
      reason: "Requested",
      message: "asked to fetch; the controller has not answered yet",
      since: facts.pending,
    };
  if (hasUnseenSpec(facts))
    return {
      status: "Progressing",
      reason: "GenerationNotObserved",
      message: "its spec has changed and the controller has not seen that yet",
    };
  if (failure !== undefined) return { ...describe("Degraded", failure), message: failureWords(failure) };
  return whenNothingFails(facts, conditions);
}

function whenNothingFails(facts: SourceFacts, conditions: readonly Condition[]): FluxSource["status"] {
  const ready = findCondition(conditions, "Ready");
  if (ready?.status === "True") return describe("Healthy", ready);
  const working = findCondition(conditions, "Reconciling");
  const telling = working?.status === "True" ? working : ready;
  if (telling !== undefined)
    return { ...describe("Progressing", telling), message: shortMessage(telling.message ?? "fetching") };
  if (facts.addressOnly) return { status: "Healthy", message: "an address only: nothing is fetched" };
  if (facts.passive)
    return facts.hasArtifact
      ? { status: "Healthy" }
      : { status: "Progressing", reason: "ArtifactMissing", message: "there is no artifact yet" };
  return { status: "Progressing", reason: "NotReconciled", message: "the controller has not looked at it yet" };
}

function failureOf({ conditions }: SourceFacts): Condition | undefined {
  const ready = findCondition(conditions, "Ready");
  for (const type of failures) {
    const condition = findCondition(conditions, type);
    if (condition?.status === (type === "SourceVerified" ? "False" : "True")) return condition;
  }
  return ready?.status === "False" && !waiting.has(ready.reason ?? "") ? ready : undefined;
}

/** "Authentication failed: …": the reason as words, then what the controller says. */
function failureWords({ reason, message, type }: Condition): string {
  const words = reasonWords(reason === undefined || reason === "Failed" ? type : reason);
  if (message === undefined) return words;
  const said = shortMessage(message);
  return said.toLowerCase().startsWith(words.toLowerCase()) ? said : sentence(words, said);
}

/** A reason of a condition as people read it: `GitOperationFailed` is "Git operation failed", `OCIArtifactPullFailed` "OCI artifact pull failed". */
export function reasonWords(reason: string): string {
  const words = reason
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(" ")
    .map((word, index) => (index === 0 || word === word.toUpperCase() ? word : word.toLowerCase()));
  return words.join(" ");
}

function describe(status: FluxSource["status"]["status"], condition: Condition): FluxSource["status"] {
  const { type, reason, lastTransitionTime } = condition;
  return {
    status,
    condition: type,
    ...(reason !== undefined && { reason }),
    ...(lastTransitionTime !== undefined && { since: lastTransitionTime }),
  };
}

/** Ready's own generation moves with every attempt, `status.observedGeneration` with success only. */
function hasUnseenSpec({ metadata, status, conditions, passive }: SourceFacts): boolean {
  const observed = findCondition(conditions, "Ready")?.observedGeneration ?? status["observedGeneration"];
  return (
    !passive && metadata.generation !== undefined && typeof observed === "number" && observed < metadata.generation
  );
}
