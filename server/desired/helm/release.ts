import type { KubeObject } from "#server/kube/object.ts";
import type { HookFact } from "../desired-state.ts";

/** A release record as Helm stores it, with every secret in it. It never leaves this folder: {@link MaskedRelease} does. */
export interface RawRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  /** The values that the user supplied. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly manifest: string;
  readonly hooks: readonly {
    readonly name: string;
    readonly kind: string;
    readonly events: readonly string[];
    readonly manifest: string;
    readonly lastRun?: HookRun;
  }[];
  readonly chart?: {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly values: Readonly<Record<string, unknown>>;
  };
  readonly info: ReleaseInfo;
  /** Absent in records of Helm 3 and where Helm 4 left it empty, which means client-side apply. */
  readonly applyMethod?: "ssa" | "csa";
}

/** How the last run of a hook ended. Source: helm `pkg/release/v1/hook.go` (HookExecution). */
export interface HookRun {
  readonly phase: "Running" | "Succeeded" | "Failed" | "Unknown";
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

/** When and how a release was deployed. */
export interface ReleaseInfo {
  readonly status: string;
  readonly firstDeployed?: string;
  readonly lastDeployed?: string;
  readonly deleted?: string;
  readonly description?: string;
  readonly notes?: string;
}

/** What a history shows of one record; masked. `chart` is `name-version`, `MISSING` where the record has none, as `helm history` writes it. */
export interface ReleaseSummary {
  readonly version: number;
  readonly status: string;
  readonly chart: string;
  /** The chart's version alone; absent where the record has none. */
  readonly chartVersion?: string;
  readonly appVersion: string;
  readonly description: string;
  readonly updated?: string;
}

/** A release record without secret values. */
export interface MaskedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly summary: ReleaseSummary;
  readonly info: ReleaseInfo;
  readonly chartName?: string;
  readonly chartVersion?: string;
  readonly appVersion?: string;
  readonly applyMethod: "ssa" | "csa";
  /** The manifest's objects; those without a name (`generateName`) can't be found again and are left out. */
  readonly objects: readonly KubeObject[];
  /** Hooks and tests, in the release's namespace where their manifests name none. */
  readonly hooks: readonly HookFact[];
  /** The texts that a person compares: values as YAML, notes, chart metadata, hooks. */
  readonly documents: ReleaseDocuments;
  /** Replaces the values of this release's own Secrets in any text. */
  readonly scrub: (text: string) => string;
}

/** Masked texts of a release. */
export interface ReleaseDocuments {
  readonly userValues: string;
  readonly computedValues: string;
  readonly notes: string;
  readonly chart: string;
  readonly hooks: string;
}
