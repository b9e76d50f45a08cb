import { apiError, isApiError } from "#lib/api/errors.ts";
import type { ActionResult } from "#lib/model/action.ts";
import type { ResourceAction, ResourceActionRequest, ResourcePermissions } from "#lib/model/resource-action.ts";
import { formatRef, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { KubeError } from "#server/kube/client.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Outcome } from "../action-handler.ts";
import type { AuditEntry } from "../audit.ts";
import type { InFlight } from "../in-flight.ts";
import { missingAccess } from "../missing-access.ts";
import { readRaw } from "../object-io.ts";
import { deletePod } from "./delete-pod.ts";
import type { ResourceActionHandler } from "./resource-action.ts";
import { scale } from "./scale.ts";

/** What a person asks of one resource. */
export interface ResourceCall {
  readonly view: ClusterView;
  readonly ref: ResourceRef;
  readonly action: ResourceAction;
  readonly request: ResourceActionRequest;
  readonly actor: Identity;
}

/** The actions on single resources, with the person's own rights. */
export interface ResourceActionPort {
  /** What makes sense for this resource, and whether the person may. @throws KubeError with status 401 */
  resourcePermissions(view: ClusterView, ref: ResourceRef): Promise<ResourcePermissions>;
  /** Previews or performs. @throws ApiError, KubeError */
  performOnResource(call: ResourceCall): Promise<ActionResult>;
}

/** What the actions on resources share with those on applications. */
export interface ResourceActionsDependencies {
  readonly ioOf: (view: ClusterView) => EngineIo;
  readonly audit: (view: ClusterView, entry: AuditEntry, about: ResourceRef) => void;
  readonly inFlight: InFlight;
  readonly masker: Masker;
  /** RFC 3339. */
  readonly now: () => string;
}

const handlers: Readonly<Record<ResourceAction, ResourceActionHandler>> = { scale, delete: deletePod };

/** Scaling workloads and deleting Pods: authorised by the cluster, previewed by a dry run, recorded in the audit log. */
export function createResourceActions({
  ioOf,
  audit,
  inFlight,
  masker,
  now,
}: ResourceActionsDependencies): ResourceActionPort {
  return {
    async resourcePermissions(view, ref) {
      const io = ioOf(view);
      const known = view.store.get(resourceKey(ref))?.object;
      const offered = Object.entries(handlers).filter(([, handler]) => handler.offered(ref));
      return {
        items: await Promise.all(
          offered.map(async ([action, handler]) => {
            const reason =
              (known && handler.refusal?.(ref, known)) ?? (await missingAccess(view.access, handler.access(io, ref)));
            return {
              action: action as ResourceAction,
              allowed: reason === undefined,
              ...(reason !== undefined && { reason: sentence(reason) }),
            };
          }),
        ),
      };
    },

    async performOnResource({ view, ref, action, request, actor }) {
      const handler = handlers[action];
      const io = ioOf(view);
      if (!handler.offered(ref)) throw apiError(422, "unsupported", `There is no ${action} for ${formatRef(ref)}.`);
      const object = await readRaw(io, ref);
      const context = { io, ref, object, request };
      const refused = handler.refusal?.(ref, object);
      const missing = await missingAccess(view.access, handler.access(io, ref));
      if (request.preview === true) {
        const why = refused ?? (missing && `you may not do this: ${missing}`);
        if (why !== undefined) return { preview: true, accepted: false, warnings: [], message: sentence(why) };
        return resultOf(await handler.preview(context), true);
      }
      const entry = (result: AuditEntry["result"], outcome: Pick<Outcome, "message" | "from" | "to">): AuditEntry => ({
        time: now(),
        event: "action",
        who: actor.username,
        cluster: view.cluster,
        unit: `${ref.group === "" ? "core" : ref.group}/${ref.kind}/${ref.namespace ?? "_"}/${ref.name}`,
        action,
        result,
        ...(outcome.from !== undefined && { from: outcome.from }),
        ...(outcome.to !== undefined && { to: outcome.to }),
        ...(request.reason !== undefined && { reason: masker.maskText(request.reason) }),
        message: outcome.message,
      });
      try {
        if (refused !== undefined)
          throw apiError(409, "refused", "This can't be done now.", { detail: sentence(refused) });
        if (missing !== undefined)
          throw apiError(403, "forbidden", "You may not do this.", {
            detail: sentence(missing),
            hint: "Ask for this permission in the cluster's RBAC.",
          });
        const outcome = await inFlight.run(`${view.cluster}/${resourceKey(ref)}`, () => handler.perform(context));
        audit(view, entry("accepted", outcome), ref);
        return resultOf(outcome, false);
      } catch (error) {
        const status = isApiError(error) ? error.problem.status : error instanceof KubeError ? error.status : 500;
        const message = error instanceof Error ? masker.maskText(error.message) : "unknown fault";
        audit(view, entry(status >= 400 && status < 500 ? "refused" : "failed", { message }), ref);
        throw error;
      }
    },
  };
}

function resultOf({ message, warnings = [], changes }: Outcome, preview: boolean): ActionResult {
  return { preview, accepted: true, warnings: [...warnings], message, ...(changes && { changes: [...changes] }) };
}

/** A reason as a sentence of its own. */
function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
