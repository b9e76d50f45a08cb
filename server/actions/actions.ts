import { setTimeout as sleepFor } from "node:timers/promises";
import { apiError } from "#lib/api/errors.ts";
import type { ActionResult } from "#lib/model/action.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { ActionCall, ActionPort } from "#server/http/runtime-interface.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { Tools } from "#server/tools/tools.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "./action-handler.ts";
import type { AuditEntry } from "./audit.ts";
import { auditEvent, writeAuditEvent } from "./audit-event.ts";
import { createAudited } from "./audited.ts";
import { answerable, notAllowed, notNow } from "./faults.ts";
import { handlers } from "./handlers.ts";
import { readRaw } from "./object-io.ts";
import { missingAccess } from "./missing-access.ts";
import { permissionsOf } from "./permissions.ts";
import { withUndoers } from "./with-undoers.ts";
import { createSourceActions, type SourceActionPort } from "./sources/source-actions.ts";
import { unitRef, unitWords } from "./unit-object.ts";
import { sentence } from "./words.ts";
import { createResourceActions, type ResourceActionPort } from "./workload/resource-actions.ts";

/** What the actions work with; the person's own credentials come with each call's view. */
export interface ActionsDependencies {
  readonly tools: Tools;
  readonly masker: Masker;
  readonly artifactHosts: readonly string[];
  /** RFC 3339. */
  readonly now: () => string;
  /** Takes the audit lines; standard output unless told. */
  readonly audit?: (entry: AuditEntry) => void;
  /** Is told of each of them, and in whose view it was done. */
  readonly onAction?: (view: ClusterView, entry: AuditEntry) => void;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** The actions on applications: authorised by the cluster, previewed before they are done, reported in sentences. */
export function createActions(dependencies: ActionsDependencies): ActionPort & SourceActionPort & ResourceActionPort {
  const { masker, now } = dependencies;
  const log = dependencies.audit ?? ((entry) => console.log(JSON.stringify(entry)));
  const sleep = dependencies.sleep ?? ((milliseconds) => sleepFor(milliseconds));
  const audited = createAudited(audit, masker, now);
  const ios = new WeakMap<ClusterView, EngineIo>();

  function ioOf(view: ClusterView): EngineIo {
    let io = ios.get(view);
    if (!io) {
      const { client, discovery, store } = view;
      io = { client, discovery, store, masker, tools: dependencies.tools, artifactHosts: dependencies.artifactHosts };
      ios.set(view, io);
    }
    return io;
  }

  /** The log line is the record; the Event is written where the person may write one. */
  function audit(view: ClusterView, entry: AuditEntry, about: ResourceRef): void {
    log(entry);
    dependencies.onAction?.(view, entry);
    const { uid } = view.store.get(resourceKey(about)) ?? {};
    const event = auditEvent({ ...entry, message: masker.maskText(entry.message) }, about, uid);
    void writeAuditEvent(view.client, event).catch(() => undefined);
  }

  function contextOf(view: ClusterView, unit: ApplicationRef): UnitContext {
    const reading = view.reading(unit);
    if (!reading)
      throw apiError(404, "not-found", "Not found, or you may not read it.", {
        hint: "Look at the name and the namespace, or ask for the permission to read it.",
      });
    const ref = unitRef(unit);
    const object = ref && view.store.get(resourceKey(ref))?.object;
    return { view, io: ioOf(view), unit, reading, application: view.application(unit) ?? reading.application, object };
  }

  async function perform({ view, unit, action, request, actor, argocd }: ActionCall): Promise<ActionResult> {
    const handler = handlers[unit.engine][action];
    if (!handler) throw apiError(422, "unsupported", `There is no ${action} for ${unitWords(unit)}.`);
    const known = contextOf(view, unit);
    const context: ActionContext = { ...known, object: await liveObject(known), request, actor, argocd, now, sleep };
    if (request.preview === true) return withUndoers(await preview(handler, context), action, context);
    const lock = handler.lock?.(context);
    const about = eventObject(known);
    const outcome = await audited(
      { view, actor, action, unit: applicationKey(unit), about, reason: request.reason, lock },
      async () => {
        await authorise(handler, context);
        return await handler.perform(context);
      },
    );
    return resultOf(outcome, false);
  }

  return {
    permissions: async (view, unit) => await permissionsOf(contextOf(view, unit)),
    perform,
    ...createSourceActions({ ioOf, audited, masker, now }),
    ...createResourceActions({ ioOf, audited }),
  };
}

async function preview(handler: ActionHandler, context: ActionContext): Promise<ActionResult> {
  const reason = await handler.refusal?.(context, context.request);
  if (reason !== undefined) return resultOf({ message: sentence(reason), accepted: false }, true);
  const missing = await missingAccess(context.view.access, handler.access(context, context.request));
  if (missing === undefined) return resultOf(await attempt(handler, context), true);
  // Whoever may look but not touch still sees what would happen, as far as that needs no right to change anything.
  const outcome = await attempt(handler, context).catch((error: unknown): Outcome => {
    if (error instanceof KubeError && error.status === 403) return { message: "" };
    throw error;
  });
  return resultOf(
    {
      ...outcome,
      accepted: false,
      message: [sentence(`you may not do this: ${missing}`), outcome.message].join(" ").trim(),
    },
    true,
  );
}

async function attempt(handler: ActionHandler, context: ActionContext): Promise<Outcome> {
  try {
    return await handler.preview(context);
  } catch (error) {
    throw answerable(error);
  }
}

/** @throws ApiError when it can't be done now or the person may not do it: before anything has been changed */
async function authorise(handler: ActionHandler, context: ActionContext): Promise<void> {
  const reason = await handler.refusal?.(context, context.request);
  if (reason !== undefined) throw notNow(reason);
  const missing = await missingAccess(context.view.access, handler.access(context, context.request));
  if (missing !== undefined) throw notAllowed(missing);
}

/** The object that an Event about a unit is about: its own, or the first that it consists of. */
function eventObject({ unit, reading }: UnitContext): ResourceRef {
  const { namespace } = unit;
  return (
    unitRef(unit) ??
    reading.inventory.find(({ ref, remote }) => ref.namespace === namespace && remote !== true)?.ref ?? {
      group: "",
      kind: "Namespace",
      name: namespace,
      namespace,
    }
  );
}

/** The unit's object as the API server has it now, so that nothing is decided on a picture that is a moment old. */
async function liveObject({ io, unit, object }: UnitContext): Promise<KubeObject | undefined> {
  const ref = unitRef(unit);
  return ref ? await readRaw(io, ref) : object;
}

function resultOf(
  { message, warnings = [], changes, evidence, accepted = true }: Outcome,
  isPreview: boolean,
): ActionResult {
  return {
    preview: isPreview,
    accepted,
    warnings: [...warnings],
    message,
    ...(changes !== undefined && { changes: [...changes] }),
    ...(evidence !== undefined && { evidence: [...evidence] }),
  };
}
