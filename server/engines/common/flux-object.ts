import type { Application, Operation, Reason } from "#lib/model/application.ts";
import { type Condition, conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { parseInventoryId } from "#lib/model/inventory.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import type { InventoryItem } from "../engine.ts";
import { isWorse } from "../judge.ts";
import type { RollUp } from "../roll-up.ts";
import { shortMessage } from "./message.ts";
import { healthOf } from "./row.ts";

type Health = Application["health"];

/** Asks a Flux controller to reconcile now; it answers in `status.lastHandledReconcileAt`. */
const requestedAtAnnotation = "reconcile.fluxcd.io/requestedAt";

/** A Flux object (Kustomization, HelmRelease) with what every reader of one looks at. */
export interface FluxObject {
  readonly stored: StoredObject;
  readonly spec: Fields;
  readonly status: Fields;
  readonly conditions: readonly Condition[];
  readonly ready: Condition | undefined;
  readonly suspended: boolean;
  /** It applies to another cluster (`spec.kubeConfig`): its inventory can't be looked up here. */
  readonly remote: boolean;
}

/** Narrows a stored object. */
export function fluxObject(stored: StoredObject): FluxObject {
  const spec = fields(stored.object["spec"]);
  const conditions = conditionsOf(stored.object);
  return {
    stored,
    spec,
    status: fields(stored.object["status"]),
    conditions,
    ready: findCondition(conditions, "Ready"),
    suspended: spec["suspend"] === true,
    remote: spec["kubeConfig"] !== undefined && spec["kubeConfig"] !== null,
  };
}

/** `status.inventory.entries`; undefined where the object has no inventory at all (HelmReleases before 2.8). */
export function fluxInventory({ status, remote }: FluxObject): InventoryItem[] | undefined {
  if (status["inventory"] === undefined || status["inventory"] === null) return undefined;
  const items: InventoryItem[] = [];
  for (const entry of list(fields(status["inventory"])["entries"])) {
    const { id, v } = fields(entry);
    const ref = parseInventoryId(text(id));
    if (ref === undefined) continue;
    items.push({ ref: { ...ref, ...(text(v) !== "" && { version: text(v) }) }, ...(remote && { remote: true }) });
  }
  return items;
}

/** Reasons for which a Flux object is not ready and yet nothing is wrong: it waits. */
const waitingReasons = new Set([
  "DependencyNotReady",
  "Progressing",
  "ProgressingWithRetry",
  "HealthCheckCanceled",
  "ReconciliationCanceled",
  "SourceNotReady",
  "Initializing",
]);

/**
 * Whether the object's own conditions say that its last attempt failed. While it retries, Ready is Unknown and the failure is over for
 * that moment; DependencyNotReady and its like are waiting, not failing.
 */
export function fluxFailure({ ready, conditions }: FluxObject): Condition | undefined {
  const stalled = findCondition(conditions, "Stalled");
  if (stalled?.status === "True") return ready?.status === "False" ? ready : stalled;
  return ready?.status === "False" && !waitingReasons.has(ready.reason ?? "") ? ready : undefined;
}

/**
 * What the engine's own conditions say, in the order in which they decide: deletion, an unseen change of the spec, a failure, waiting, work.
 * @param waiting words for "not ready, but waiting", such as the name of the dependency
 */
export function fluxConditionHealth(flux: FluxObject, waiting: (ready: Condition) => string): Health {
  const { metadata } = flux.stored.object;
  if (metadata.deletionTimestamp !== undefined) return healthOf("Progressing", "Terminating", "being deleted");
  const failure = fluxFailure(flux);
  if (hasUnseenSpec(flux))
    return healthOf(
      "Progressing",
      "GenerationNotObserved",
      "its spec has changed and the controller has not seen that yet",
    );
  if (failure !== undefined)
    return healthOf("Degraded", failure.reason, shortMessage(failure.message ?? failure.reason ?? "not ready"));
  const { ready } = flux;
  if (ready?.status === "True") return healthOf("Healthy");
  if (ready === undefined) return healthOf("Progressing", "NotReconciled", "not reconciled yet");
  return healthOf("Progressing", ready.reason, waiting(ready));
}

/**
 * Whether the controller has not judged the current spec. `status.observedGeneration` moves on success only (it is -1 before the first),
 * so the Ready condition's own, which moves with every attempt, decides where it is there.
 */
function hasUnseenSpec({ stored, status, ready, suspended }: FluxObject): boolean {
  const { generation } = stored.object.metadata;
  const observed = ready?.observedGeneration ?? status["observedGeneration"];
  // A suspended object is never observed again: that is no progress.
  return !suspended && generation !== undefined && typeof observed === "number" && observed < generation;
}

/**
 * The worse of what the conditions and the resources say. On a tie the resources have the word where the conditions only report
 * that something is not healthy yet, because they name the cause; a failed build or upgrade speaks for itself.
 */
export function withResources(conditions: Health, rollUp: RollUp, { remote, suspended }: FluxObject): Health {
  const { health } = rollUp;
  const unseen = remote || health.status === "Unknown";
  if (suspended) {
    // What is missing or on its way stays so until someone resumes it; what is broken needs someone now.
    if (!unseen && health.status === "Degraded") return health;
    return healthOf("Suspended", "Suspended", "suspended: nothing is reconciled until someone resumes it");
  }
  if (unseen || isWorse(conditions.status, health.status)) return conditions;
  if (isWorse(health.status, conditions.status) || !speaksForItself(conditions)) return health;
  return { ...conditions, ...(health.cause !== undefined && { cause: health.cause }) };
}

function speaksForItself({ status, reason }: Health): boolean {
  if (status === "Degraded") return reason !== "HealthCheckFailed";
  return (
    status === "Progressing" &&
    (reason === "DependencyNotReady" || reason === "Terminating" || reason === "GenerationNotObserved")
  );
}

/** The work that is asked for or under way, or how the last attempt ended. */
export function fluxOperation(flux: FluxObject): Operation | undefined {
  const { stored, status, conditions, ready, suspended } = flux;
  const requestedAt = stored.object.metadata.annotations?.[requestedAtAnnotation];
  const handled = text(status["lastHandledReconcileAt"]);
  const pending = requestedAt !== undefined && requestedAt !== handled && !suspended;
  const reconciling = findCondition(conditions, "Reconciling");
  if (pending && isTime(requestedAt))
    return {
      kind: "sync",
      phase: "Running",
      startedAt: requestedAt,
      // It says that it has handled a request only when it is done; Ready is Unknown while it works.
      message:
        reconciling?.status === "True" && ready?.status === "Unknown" && reconciling.message !== undefined
          ? shortMessage(reconciling.message)
          : "requested; the controller has not answered yet",
    };
  // With retries, Reconciling stays True between attempts; Ready is False then.
  if (reconciling?.status === "True" && ready?.status !== "False" && !suspended) {
    const message = reconciling.message ?? ready?.message;
    const startedAt = reconciling.lastTransitionTime ?? ready?.lastTransitionTime;
    if (startedAt === undefined) return undefined;
    return {
      kind: "sync",
      phase: "Running",
      startedAt,
      ...(message !== undefined && { message: shortMessage(message) }),
    };
  }
  const failure = fluxFailure(flux);
  const finishedAt = (failure ?? ready)?.lastTransitionTime;
  if (finishedAt === undefined) return undefined;
  const startedAt = isTime(requestedAt) && requestedAt <= finishedAt ? requestedAt : finishedAt;
  if (failure !== undefined)
    return {
      kind: "sync",
      phase: "Failed",
      startedAt,
      finishedAt,
      message: shortMessage(failure.message ?? failure.reason ?? "failed"),
    };
  if (ready?.status !== "True") return undefined;
  return { kind: "sync", phase: "Succeeded", startedAt, finishedAt };
}

/** Lines for the dependencies that are not ready. */
export function dependencyReasons(
  flux: FluxObject,
  store: StoreReader,
  find: (dependency: Fields) => string,
): Reason[] {
  if (flux.ready?.reason !== "DependencyNotReady") return [];
  const reasons: Reason[] = [];
  for (const entry of list(flux.spec["dependsOn"])) {
    const dependency = store.get(find(fields(entry)));
    if (dependency === undefined) continue;
    const state = findCondition(conditionsOf(dependency.object), "Ready");
    if (state?.status === "True") continue;
    reasons.push({
      about: "health",
      text: `${dependency.ref.name}: ${shortMessage(state?.message ?? "not ready yet")}`,
      ref: dependency.ref,
    });
  }
  return reasons;
}

/** The dependency that a DependencyNotReady message names: `dependency 'flux-system/infra' is not ready`. */
export function waitingWords(ready: Condition): string {
  const message = ready.message ?? ready.reason ?? "in progress";
  if (ready.reason !== "DependencyNotReady") return shortMessage(message);
  const name = /'([^']+)'/.exec(message)?.[1];
  return name === undefined ? shortMessage(message) : `waits for ${name}, which is not ready`;
}

function isTime(value: string | undefined): value is string {
  return value !== undefined && !Number.isNaN(Date.parse(value));
}
