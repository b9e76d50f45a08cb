import type { ActionRequest, Evidence } from "#lib/model/action.ts";
import type { Application, ApplicationRef } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import type { ArgoConnection } from "#server/desired/argocd/argo-connection.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { Reading } from "#server/engines/engine.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ClusterView } from "#server/view/view.ts";

/** One unit as an action finds it. */
export interface UnitContext {
  readonly view: ClusterView;
  readonly io: EngineIo;
  readonly unit: ApplicationRef;
  readonly reading: Reading;
  readonly application: Application;
  /**
   * The object that defines the unit (Kustomization, HelmRelease, Application): as the store knows it when permissions are asked, as the API
   * server has it, unmasked, when the action runs. Undefined for units without one.
   */
  readonly object: KubeObject | undefined;
}

/** One action on one unit, asked by one person. */
export interface ActionContext extends UnitContext {
  readonly request: ActionRequest;
  readonly actor: Identity;
  /** The person's own way to Argo CD's API server, where their session has one. */
  readonly argocd?: ArgoConnection | undefined;
  /** RFC 3339. */
  readonly now: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What an action did, or would do. Everything in it is masked. */
export interface Outcome {
  /** A sentence. */
  readonly message: string;
  readonly warnings?: readonly string[];
  readonly changes?: readonly DiffObject[];
  readonly evidence?: readonly Evidence[];
  /** For the audit line. */
  readonly from?: string;
  readonly to?: string;
  /** False when a preview finds that it would not work. */
  readonly accepted?: boolean;
}

/** One action of one engine. */
export interface ActionHandler {
  /** What the person needs; with a request, what this very request needs. */
  access(context: UnitContext, request?: ActionRequest): readonly AccessAttributes[];
  /** Why it can't be done now, in words, or undefined. Judged before access is. */
  refusal?(context: UnitContext, request?: ActionRequest): string | undefined | Promise<string | undefined>;
  /** Names what two of these must not work on at the same time; absent when that is harmless. */
  lock?(context: UnitContext): string;
  /** Changes nothing. @throws ApiError, KubeError, ToolError */
  preview(context: ActionContext): Promise<Outcome>;
  /** @throws ApiError, KubeError, ToolError */
  perform(context: ActionContext): Promise<Outcome>;
}
