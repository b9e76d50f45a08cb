import { getIn, isRecord } from "#lib/diff/json.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { DesiredFault } from "../fault.ts";
import type { Artifact } from "./fetch-artifact.ts";

/** Reasons of the Ready condition with which everything has been applied, although the revision is not yet "last applied". */
const appliedReasons = new Set(["HealthCheckFailed", "HealthCheckCanceled"]);

/**
 * The revision whose objects a Kustomization has applied: `lastAppliedRevision`, or the attempted one when that was applied and only its
 * health checks have failed or still run. Source: kustomize-controller `internal/controller` (reconcile: apply, health check, then record).
 */
export function appliedRevision(kustomization: KubeObject): string | undefined {
  const status = getIn(kustomization, "status");
  const attempted = text(getIn(status, "lastAttemptedRevision"));
  const conditions = getIn(status, "conditions");
  const list = Array.isArray(conditions) ? conditions.filter(isRecord) : [];
  const wasApplied = list.some(
    (condition) =>
      (condition["type"] === "Ready" && appliedReasons.has(String(condition["reason"]))) ||
      (condition["type"] === "Reconciling" &&
        condition["status"] === "True" &&
        /health check/i.test(String(condition["message"]))),
  );
  return (wasApplied ? attempted : undefined) ?? text(getIn(status, "lastAppliedRevision"));
}

/** The artifact that the source of a Kustomization serves now. @throws DesiredFault when there is none. */
export function artifactOf(kustomization: KubeObject, store: StoreReader): Artifact {
  const kind = text(getIn(kustomization, "spec", "sourceRef", "kind")) ?? "";
  const name = text(getIn(kustomization, "spec", "sourceRef", "name")) ?? "";
  const namespace =
    text(getIn(kustomization, "spec", "sourceRef", "namespace")) ?? kustomization.metadata.namespace ?? "";
  const source = store.get(resourceKey({ group: "source.toolkit.fluxcd.io", kind, namespace, name }))?.object;
  if (!source)
    throw new DesiredFault(`The source ${kind}/${name} in ${namespace} is not there, or you may not read it.`);
  const artifact = getIn(source, "status", "artifact");
  const url = text(getIn(artifact, "url"));
  const revision = text(getIn(artifact, "revision"));
  if (url === undefined || revision === undefined)
    throw new DesiredFault(`The source ${kind}/${name} in ${namespace} has no artifact yet.`);
  const size = getIn(artifact, "size");
  return {
    url,
    revision,
    digest: text(getIn(artifact, "digest")) ?? "",
    ...(typeof size === "number" ? { size } : {}),
  };
}

/** A revision for reading: `main@sha1:4a637a6…` becomes `main@4a637a6`. */
export function shortRevision(revision: string): string {
  return revision.replace(/(sha1|sha256):([0-9a-f]{7})[0-9a-f]+/, "$2").replace(/^(sha1|sha256):/, "");
}

/** A text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
