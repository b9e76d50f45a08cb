import { apiError } from "#lib/api/errors.ts";
import type { ActionResult } from "#lib/model/action.ts";
import type { ResourceAction, ResourceActionRequest, ResourcePermissions } from "#lib/model/resource-action.ts";
import { formatRef, parseApiVersion, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Outcome } from "../action-handler.ts";
import type { ActionTools } from "../action-tools.ts";
import type { AuditedWork } from "../audited.ts";
import { notAllowed, notNow } from "../faults.ts";
import { missingAccess } from "../missing-access.ts";
import { readRaw } from "../object-io.ts";
import { sentence } from "../words.ts";
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

const handlers: Readonly<Record<ResourceAction, ResourceActionHandler>> = { scale, delete: deletePod };

/** Scaling workloads and deleting Pods: authorised by the cluster, previewed by a dry run, recorded in the audit log. */
export function createResourceActions({ ioOf, audited }: Pick<ActionTools, "ioOf" | "audited">): ResourceActionPort {
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
      const known = { unit: auditUnit(ref), ...ownerOf(object, ref), about: ref, lock: resourceKey(ref) };
      const asked = { view, actor, action, ...known, reason: request.reason };
      const outcome = await audited(asked, async () => {
        if (refused !== undefined) throw notNow(refused);
        if (missing !== undefined) throw notAllowed(missing);
        return await handler.perform(context);
      });
      return resultOf(outcome, false);
    },
  };
}

/** An object as the audit log names it: `<group>/<kind>/<namespace>/<name>`, with `core` for the core group and `_` for no namespace. */
function auditUnit({ group, kind, namespace, name }: ResourceRef): string {
  return `${group === "" ? "core" : group}/${kind}/${namespace ?? "_"}/${name}`;
}

function ownerOf(object: KubeObject, { namespace }: ResourceRef): Pick<AuditedWork, "owner"> {
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined) return {};
  const { group } = parseApiVersion(owner.apiVersion);
  const { kind, name } = owner;
  return { owner: auditUnit({ group, kind, name, ...(namespace !== undefined && { namespace }) }) };
}

function resultOf({ message, warnings = [], changes }: Outcome, preview: boolean): ActionResult {
  return { preview, accepted: true, warnings: [...warnings], message, ...(changes && { changes: [...changes] }) };
}
