import type { ResourceActionRequest } from "#lib/model/resource-action.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Outcome } from "../action-handler.ts";

/** One resource as an action finds it: not masked, for building requests and never for showing. */
export interface ResourceContext {
  readonly io: EngineIo;
  readonly ref: ResourceRef;
  readonly object: KubeObject;
  readonly request: ResourceActionRequest;
}

/** One action on single resources. */
export interface ResourceActionHandler {
  /** Whether the action makes sense for this kind. */
  offered(ref: ResourceRef): boolean;
  access(io: EngineIo, ref: ResourceRef): readonly AccessAttributes[];
  /** Why it can't be done, in words, by what the object says. */
  refusal?(ref: ResourceRef, object: KubeObject): string | undefined;
  /** Changes nothing. @throws ApiError, KubeError */
  preview(context: ResourceContext): Promise<Outcome>;
  /** @throws ApiError, KubeError */
  perform(context: ResourceContext): Promise<Outcome>;
}
