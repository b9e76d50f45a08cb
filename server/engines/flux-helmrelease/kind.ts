import type { ApplicationRef } from "#lib/model/application.ts";
import { count, type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { type FluxObject, fluxObject } from "../common/flux-object.ts";
import { findSource, sourceGroup, type SourceView } from "../common/flux-source.ts";
import { type HelmReleaseName, releaseOf, type ReleaseRecord, releaseRecords } from "../common/helm-release.ts";

/** Flux's HelmRelease, without a version. */
export const helmReleaseKind = { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" } as const;

/** One entry of `status.history`: a Helm revision that the controller made. */
export interface Snapshot {
  readonly name: string;
  readonly namespace: string;
  /** The Helm revision. */
  readonly version: number;
  readonly status: string;
  readonly action: string;
  readonly chartName: string;
  readonly chartVersion: string;
  readonly appVersion: string;
  readonly digest: string;
  readonly ociDigest: string;
  readonly firstDeployed: string;
  readonly lastDeployed: string;
  /** What the tests came to, by name: Helm's phase, empty for a test that has not run. Absent where none were run. */
  readonly tests?: ReadonlyMap<string, string>;
}

/** A HelmRelease with the objects that it refers to. */
export interface HelmReleaseView {
  readonly unit: ApplicationRef;
  readonly flux: FluxObject;
  /** Newest first. */
  readonly history: readonly Snapshot[];
  readonly release: HelmReleaseName;
  /** Helm's own records of the release, newest first; empty where they can't be read, or are in another cluster. */
  readonly records: readonly ReleaseRecord[];
  /** What carries the chart: a HelmChart, OCIRepository or ExternalArtifact. */
  readonly source: SourceView | undefined;
  /** The repository behind a HelmChart. */
  readonly repository: SourceView | undefined;
}

/** The store's key of a HelmRelease. */
export function helmReleaseKey({ namespace, name }: { namespace: string; name: string }): string {
  return resourceKey({ ...helmReleaseKind, namespace, name });
}

/** Looks up a HelmRelease and its sources; undefined when there is none. */
export function viewHelmRelease(unit: ApplicationRef, store: StoreReader): HelmReleaseView | undefined {
  const stored = store.get(helmReleaseKey(unit));
  if (stored === undefined) return undefined;
  const flux = fluxObject(stored);
  const chartRef = fields(flux.spec["chartRef"]);
  const source =
    text(chartRef["name"]) === "" ? ownChart(flux, unit, store) : findSource(chartRef, unit.namespace, store);
  const release = releaseOf(stored);
  return {
    unit,
    flux,
    history: snapshots(flux.status),
    release,
    records: flux.remote ? [] : releaseRecords(release, store),
    source,
    repository: repositoryOf(flux, source, unit, store),
  };
}

/** The HelmChart that the controller makes from `spec.chart`: `status.helmChart`, else by its naming rule. */
function ownChart({ spec, status }: FluxObject, unit: ApplicationRef, store: StoreReader): SourceView | undefined {
  const chartSpec = fields(fields(spec["chart"])["spec"]);
  if (text(chartSpec["chart"]) === "") return undefined;
  const [namespace, name] = text(status["helmChart"]).split("/");
  const fallback = text(fields(chartSpec["sourceRef"])["namespace"]) || unit.namespace;
  return findSource(
    { kind: "HelmChart", namespace: namespace || fallback, name: name || `${unit.namespace}-${unit.name}` },
    unit.namespace,
    store,
  );
}

function repositoryOf(
  { spec }: FluxObject,
  source: SourceView | undefined,
  unit: ApplicationRef,
  store: StoreReader,
): SourceView | undefined {
  const named = fields(fields(fields(spec["chart"])["spec"])["sourceRef"]);
  if (text(named["name"]) !== "") return findSource(named, unit.namespace, store);
  const chart = source?.object;
  if (chart === undefined || source?.ref.kind !== "HelmChart") return undefined;
  return findSource(fields(fields(chart.object["spec"])["sourceRef"]), chart.ref.namespace ?? unit.namespace, store);
}

/** The chart's name as the spec asks for it. */
export function chartName({ flux, source, history }: HelmReleaseView): string {
  const asked =
    text(fields(fields(flux.spec["chart"])["spec"])["chart"]) || text(fields(source?.object?.object["spec"])["chart"]);
  return asked || history[0]?.chartName || "";
}

/** The chart version or range as the spec asks for it. */
export function askedVersion({ flux, source }: HelmReleaseView): string {
  const spec: Fields = fields(source?.object?.object["spec"]);
  const ref = fields(spec["ref"]);
  return (
    text(fields(fields(flux.spec["chart"])["spec"])["version"]) ||
    text(spec["version"]) ||
    text(ref["semver"]) ||
    text(ref["tag"])
  );
}

function snapshots(status: Fields): Snapshot[] {
  return list(status["history"]).map((item) => {
    const entry = fields(item);
    const word = (field: string): string => text(entry[field]);
    return {
      name: word("name"),
      namespace: word("namespace"),
      version: count(entry["version"]),
      status: word("status"),
      action: word("action"),
      chartName: word("chartName"),
      chartVersion: word("chartVersion"),
      appVersion: word("appVersion"),
      digest: word("digest"),
      ociDigest: word("ociDigest"),
      firstDeployed: word("firstDeployed"),
      lastDeployed: word("lastDeployed"),
      ...testsOf(entry["testHooks"]),
    };
  });
}

function testsOf(hooks: unknown): Pick<Snapshot, "tests"> {
  const entries = Object.entries(fields(hooks));
  return entries.length === 0
    ? {}
    : { tests: new Map(entries.map(([name, hook]) => [name, text(fields(hook)["phase"])])) };
}

/** Keys of the ConfigMaps and Secrets that `spec.valuesFrom` reads. */
export function valuesKeys({ flux, unit }: HelmReleaseView): string[] {
  return list(flux.spec["valuesFrom"]).map((entry) => {
    const { kind, name } = fields(entry);
    return resourceKey({ group: "", kind: text(kind), namespace: unit.namespace, name: text(name) });
  });
}

/** Whether an object is a HelmRelease. */
export function isHelmRelease({ ref }: StoredObject): boolean {
  return ref.group === helmReleaseKind.group && ref.kind === helmReleaseKind.kind;
}

/** Kinds of sources that carry charts. */
export const chartSourceKinds = [
  "HelmChart",
  "OCIRepository",
  "ExternalArtifact",
  "HelmRepository",
  "GitRepository",
  "Bucket",
].map((kind) => ({ group: sourceGroup, kind, depth: "full" as const }));
