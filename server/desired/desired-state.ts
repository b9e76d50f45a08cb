import type { Exactness } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** One object that should be there, masked. */
export interface DesiredObject {
  readonly object: KubeObject;
  /** Why drift of it is not judged: `reconcile: disabled`, `ssa: ignore`, a hook… Absent when it is judged. */
  readonly skip?: string;
  /** Why it can't be judged although it should be: it counts as not compared. */
  readonly unjudged?: string;
  /** Judged only for existence (`ssa: IfNotPresent`). */
  readonly existenceOnly?: boolean;
  /** A Secret whose values are encrypted at its source (SOPS): only its keys are compared. */
  readonly keysOnly?: boolean;
  /** JSON pointers that drift detection leaves out (`spec.ignore`, `driftDetection.ignore`, `ignoreDifferences`). */
  readonly ignore?: readonly string[];
  /** Field managers whose fields are left out (Argo CD's `managedFieldsManagers`). */
  readonly ignoreManagers?: readonly string[];
  /** What of it could not be judged, in words; it is left out by `ignore`. */
  readonly unknown?: string;
}

/** Facts that only the desired state's origin knows (a Helm release record), for the row and the page. */
export interface DesiredFacts {
  readonly chart?: string;
  readonly chartVersion?: string;
  readonly appVersion?: string;
  readonly description?: string;
  readonly notes?: string;
  readonly lastDeployed?: string;
  readonly applyMethod?: "ssa" | "csa";
  /** Of the newest revision, where that is not the deployed one: when it was tried, and its chart version where it has another. */
  readonly attemptedAt?: string;
  readonly attemptedVersion?: string;
  /** Hooks and tests of the newest revision, in its own order. */
  readonly hooks?: readonly HookFact[];
}

/** One hook of a Helm release, and how its last run ended. */
export interface HookFact {
  readonly ref: ResourceRef;
  /** `pre-upgrade`, `test`… */
  readonly events: readonly string[];
  /** When Helm deletes it: `hook-succeeded`, `hook-failed`, `before-hook-creation`. */
  readonly deletePolicies: readonly string[];
  /** Helm's word for its last run; absent when it has not run. */
  readonly phase?: "Running" | "Succeeded" | "Failed" | "Unknown";
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

/** What should be there for one unit. Bounded and masked; cached by `key`. */
export interface DesiredState {
  /** The reading's `desiredKey` that it was loaded for. */
  readonly key: string;
  readonly objects: readonly DesiredObject[];
  /** Objects that a prune would delete: applied before, not desired any more. */
  readonly pruned?: readonly KubeObject[];
  /** The engine's own field manager, for the dry run. Absent: the verdict stays local. */
  readonly fieldManager?: string;
  readonly exactness: Exactness;
  readonly facts?: DesiredFacts;
  /**
   * Replaces values of Secrets that are known to belong to it (a Helm release's own) in texts elsewhere. Put ConfigMaps through it
   * (`scrubConfigMap`) before they are compared or shown; those among `objects` have been.
   */
  readonly scrub?: (text: string) => string;
  /** Set when it could not be loaded; then `objects` is empty and drift is Unknown with this message. */
  readonly error?: string;
}
