import { autoSyncAnnotation, holdAnnotation } from "#lib/model/annotations.ts";
import { type Fields, fields } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { type Hold, writeHold } from "../hold.ts";
import type { JsonPatch, Patch } from "../object-io.ts";
import { syncPolicy } from "./sync-operation.ts";

/** Starts an operation; refused by the API server when the Application has changed since it was read (so that none is overwritten). */
export function operationPatch(application: KubeObject, operation: Fields): Patch {
  return { type: "json", body: [...guard(application), ...start(application, operation)] };
}

/** Asks for a comparison: `hard` also drops the cached manifests. The controller removes the annotation when it is done. */
export function refreshPatch(hard: boolean): Patch {
  return {
    type: "merge",
    body: { metadata: { annotations: { "argocd.argoproj.io/refresh": hard ? "hard" : "normal" } } },
  };
}

/** Ends the operation that runs (Argo CD `server/application/application.go`, TerminateOperation). */
export function terminatePatch(): Patch {
  return {
    type: "json",
    body: [
      { op: "test", path: "/status/operationState/phase", value: "Running" },
      { op: "replace", path: "/status/operationState/phase", value: "Terminating" },
    ],
  };
}

/** Whether Argo CD syncs by itself (`SyncPolicy.IsAutomatedSyncEnabled`). */
export function isAutomated(application: KubeObject | undefined): boolean {
  const automated = syncPolicy(application)["automated"];
  return typeof automated === "object" && automated !== null && fields(automated)["enabled"] !== false;
}

/** Whether auto-sync is configured but switched off, so that it can be switched on again. */
export function canAutomate(application: KubeObject | undefined): boolean {
  const automated = syncPolicy(application)["automated"];
  return (
    (automated !== undefined && automated !== null && !isAutomated(application)) ||
    remembered(application) !== undefined
  );
}

/**
 * Switches auto-sync off, keeping `prune` and `selfHeal`, and remembers how it was; the operations of a patch that may hold further ones.
 * Versions without `automated.enabled` lose `automated` meanwhile.
 */
export function autoSyncOff(application: KubeObject, knowsEnabled: boolean): JsonPatch {
  if (!isAutomated(application)) return [];
  const settings = JSON.stringify(syncPolicy(application)["automated"]);
  return [
    ...annotation(application, autoSyncAnnotation, settings),
    knowsEnabled
      ? { op: "add", path: "/spec/syncPolicy/automated/enabled", value: false }
      : { op: "remove", path: "/spec/syncPolicy/automated" },
  ];
}

/**
 * Switches auto-sync on again, exactly as it was. What somebody has changed of its other settings meanwhile is kept; where nothing is
 * remembered, because somebody else switched it off, it is set to `enabled: true`.
 */
export function autoSyncOn(application: KubeObject): JsonPatch {
  const before = remembered(application);
  if (before === undefined) return [{ op: "add", path: "/spec/syncPolicy/automated/enabled", value: true }];
  const policy = fields(application["spec"])["syncPolicy"];
  const present = syncPolicy(application)["automated"];
  const { enabled: _off, ...others } = fields(present ?? before);
  const settings = { ...others, ...(before["enabled"] !== undefined && { enabled: before["enabled"] }) };
  return [
    ...(policy === undefined ? [{ op: "add", path: "/spec/syncPolicy", value: {} } as const] : []),
    { op: "add", path: "/spec/syncPolicy/automated", value: settings },
    ...dropAnnotation(application, autoSyncAnnotation),
  ];
}

/** Switches auto-sync off, keeps the hold and starts the operation: all or nothing. */
export function rollbackPatch(application: KubeObject, operation: Fields, hold: Hold, knowsEnabled: boolean): Patch {
  const off = autoSyncOff(application, knowsEnabled);
  const hasAnnotations =
    application.metadata.annotations !== undefined || off.some(({ path }) => path.startsWith("/metadata/annotations"));
  const keep = annotation(application, holdAnnotation, writeHold(hold), hasAnnotations);
  return {
    type: "json",
    body: [...guard(application), ...off, ...keep, ...start(application, operation)],
  };
}

/** Operations as a patch of their own, refused when the Application has changed since it was read. */
export function guardedPatch(application: KubeObject, operations: JsonPatch): Patch {
  return { type: "json", body: [...guard(application), ...operations] };
}

/** Removes the hold, where there is one. */
export function dropHold(application: KubeObject): JsonPatch {
  return dropAnnotation(application, holdAnnotation);
}

/**
 * Argo CD's controller writes `status.operationState` by merge patches that leave empty fields out, and takes the operation from there again
 * when it resumes one (hooks, waves, retries): what the last operation had and this one has not (`prune`, `dryRun`, `resources`, a revision)
 * would come back to life, and with its list of resources what it applied counts as applied (seen on 3.2: a retry went to the revision of the
 * operation before, a prune deleted nothing and succeeded). So that one is overwritten in the same step.
 * Source: `controller/appcontroller.go`, setOperationState and processRequestedAppOperation.
 */
function start(application: KubeObject, operation: Fields): JsonPatch {
  const state = fields(fields(application["status"])["operationState"]);
  return [
    ...(state["operation"] === undefined
      ? []
      : [{ op: "replace", path: "/status/operationState/operation", value: operation } as const]),
    ...(state["syncResult"] === undefined
      ? []
      : [{ op: "remove", path: "/status/operationState/syncResult" } as const]),
    { op: "add", path: "/operation", value: operation },
  ];
}

function guard({ metadata }: KubeObject): JsonPatch {
  return [{ op: "test", path: "/metadata/resourceVersion", value: metadata.resourceVersion }];
}

function annotation(
  { metadata }: KubeObject,
  name: string,
  value: string,
  exists = metadata.annotations !== undefined,
): JsonPatch {
  return [
    ...(exists ? [] : [{ op: "add", path: "/metadata/annotations", value: {} } as const]),
    { op: "add", path: `/metadata/annotations/${escapePointer(name)}`, value },
  ];
}

function dropAnnotation({ metadata }: KubeObject, name: string): JsonPatch {
  return metadata.annotations?.[name] === undefined
    ? []
    : [{ op: "remove", path: `/metadata/annotations/${escapePointer(name)}` }];
}

function remembered(application: KubeObject | undefined): Fields | undefined {
  const raw = application?.metadata.annotations?.[autoSyncAnnotation];
  if (raw === undefined) return undefined;
  try {
    return fields(JSON.parse(raw));
  } catch {
    return {};
  }
}

function escapePointer(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}
