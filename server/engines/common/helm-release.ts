import type { ApplicationRef } from "#lib/model/application.ts";
import { count, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";

const helmReleaseKind = { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" } as const;

/** A Helm release as Helm names it, and the namespace where its records are. */
export interface HelmReleaseName {
  readonly name: string;
  readonly storageNamespace: string;
}

/**
 * The Helm release that a HelmRelease makes: by its history where it has one, else by its rule
 * (helm-controller `api/v2/helmrelease_types.go` GetReleaseName, GetStorageNamespace).
 */
export function releaseOf({ object, ref }: StoredObject): HelmReleaseName {
  const spec = fields(object["spec"]);
  const status = fields(object["status"]);
  const target = text(spec["targetNamespace"]);
  const recorded = fields(list(status["history"])[0]);
  const namespace = ref.namespace ?? "";
  return {
    name: text(recorded["name"]) || text(spec["releaseName"]) || (target === "" ? ref.name : `${target}-${ref.name}`),
    storageNamespace: text(status["storageNamespace"]) || text(spec["storageNamespace"]) || namespace,
  };
}

/** One release record (Secret or ConfigMap) by its labels alone. */
export interface ReleaseRecord {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  /** Helm's word: deployed, superseded, failed, pending-upgrade… */
  readonly status: string;
  /** RFC 3339; from the label that Helm writes when it changes a record. */
  readonly modifiedAt?: string;
  readonly createdAt?: string;
  readonly stored: StoredObject;
}

const recordPrefix = "sh.helm.release.v1.";

/** Reads a release record's labels; undefined for what is no record. */
export function releaseRecord(stored: StoredObject): ReleaseRecord | undefined {
  const { ref, object } = stored;
  if (ref.group !== "" || (ref.kind !== "Secret" && ref.kind !== "ConfigMap") || !ref.name.startsWith(recordPrefix))
    return undefined;
  const labels = object.metadata.labels;
  if (labels?.["owner"] !== "helm" || ref.namespace === undefined) return undefined;
  // The name is `sh.helm.release.v1.<release>.v<revision>`; labels can be lost, the name can't.
  const separator = ref.name.lastIndexOf(".v");
  const version = count(labels["version"], Number(ref.name.slice(separator + 2)));
  const name = labels["name"] ?? ref.name.slice(recordPrefix.length, separator);
  if (name === "" || !Number.isInteger(version)) return undefined;
  const createdAt = epoch(labels["createdAt"]) ?? object.metadata.creationTimestamp;
  const changedAt = epoch(labels["modifiedAt"]);
  // A new revision takes over its predecessor's labels: until it is changed itself, the time is of that one.
  const modifiedAt =
    changedAt !== undefined && createdAt !== undefined && Date.parse(changedAt) < Date.parse(createdAt)
      ? undefined
      : changedAt;
  return {
    name,
    namespace: ref.namespace,
    version,
    status: labels["status"] ?? "unknown",
    stored,
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/** The records of one release, newest first, from Secrets and ConfigMaps. */
export function releaseRecords({ name, storageNamespace }: HelmReleaseName, store: StoreReader): ReleaseRecord[] {
  const prefix = `${recordPrefix}${name}.v`;
  const records: ReleaseRecord[] = [];
  for (const kind of ["Secret", "ConfigMap"]) {
    for (const stored of store.list({ group: "", kind }, storageNamespace)) {
      if (!stored.ref.name.startsWith(prefix)) continue;
      const record = releaseRecord(stored);
      if (record?.name === name) records.push(record);
    }
  }
  return records.sort((a, b) => b.version - a.version);
}

/**
 * The HelmRelease that a release belongs to, if the store has one: by Flux's labels on the record or on what the release
 * contains, else by a HelmRelease of the same namespace that makes a release of this name.
 */
export function helmReleaseOwner(
  release: HelmReleaseName,
  marks: readonly (Readonly<Record<string, string>> | undefined)[],
  store: StoreReader,
): ApplicationRef | undefined {
  for (const labels of marks) {
    const name = labels?.["helm.toolkit.fluxcd.io/name"];
    const namespace = labels?.["helm.toolkit.fluxcd.io/namespace"];
    if (name === undefined || namespace === undefined) continue;
    if (store.get(resourceKey({ ...helmReleaseKind, namespace, name })) !== undefined)
      return { engine: "flux-helmrelease", namespace, name };
  }
  for (const candidate of store.list(helmReleaseKind, release.storageNamespace)) {
    const made = releaseOf(candidate);
    if (made.name === release.name && made.storageNamespace === release.storageNamespace) {
      return { engine: "flux-helmrelease", namespace: candidate.ref.namespace ?? "", name: candidate.ref.name };
    }
  }
  return undefined;
}

function epoch(seconds: string | undefined): string | undefined {
  const value = Number(seconds);
  if (seconds === undefined || seconds === "" || !Number.isFinite(value) || value < 0 || value > 1e11) return undefined;
  return new Date(value * 1000).toISOString();
}
