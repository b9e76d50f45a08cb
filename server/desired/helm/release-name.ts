import { getIn, isRecord } from "#lib/diff/json.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** Where the records of a release are. */
export interface ReleaseName {
  readonly storageNamespace: string;
  readonly release: string;
  /** The revision that a HelmRelease says it applied: what counts where Helm calls none deployed. */
  readonly version?: number;
}

/**
 * The release of a HelmRelease: from `status.history[0]` and `status.storageNamespace`, else by its name.
 * Source: helm-controller `api/v2/helmrelease_types.go` (GetReleaseName, GetStorageNamespace).
 */
export function releaseOf(helmRelease: KubeObject | undefined, unit: ApplicationRef): ReleaseName {
  const history = getIn(helmRelease, "status", "history");
  const entries = Array.isArray(history) ? history.filter(isRecord) : [];
  const latest = entries.find((entry) => entry["status"] === "deployed") ?? entries[0];
  const target = text(getIn(helmRelease, "spec", "targetNamespace"));
  const storage =
    text(getIn(helmRelease, "status", "storageNamespace")) ?? text(getIn(helmRelease, "spec", "storageNamespace"));
  const release =
    text(latest?.["name"]) ??
    text(getIn(helmRelease, "spec", "releaseName")) ??
    (target === undefined ? unit.name : `${target}-${unit.name}`);
  const version = latest?.["version"];
  return { storageNamespace: storage ?? unit.namespace, release, ...(typeof version === "number" ? { version } : {}) };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
