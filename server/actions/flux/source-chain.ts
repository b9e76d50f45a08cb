import { fields, text } from "#lib/model/health/fields.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";

const group = "source.toolkit.fluxcd.io";

/** The source that an object names directly: a Kustomization's or HelmChart's `sourceRef`, a HelmRelease's `chartRef` or made HelmChart. */
export function directSource(object: KubeObject): ResourceRef | undefined {
  const spec = fields(object["spec"]);
  const named = fields(spec["sourceRef"] ?? spec["chartRef"]);
  const own = object.metadata.namespace ?? "";
  if (text(named["name"]) !== "")
    return { group, kind: text(named["kind"]), namespace: text(named["namespace"]) || own, name: text(named["name"]) };
  const [namespace, name] = text(fields(object["status"])["helmChart"]).split("/");
  return namespace !== undefined && name !== undefined ? { group, kind: "HelmChart", namespace, name } : undefined;
}

/**
 * The sources behind an object, the one that fetches first: for a chart from a repository the repository, then the chart.
 * OCI Helm repositories are left out: they have nothing to fetch (source-controller never reconciles them).
 */
export async function sourceChain(
  object: KubeObject,
  read: (ref: ResourceRef) => Promise<KubeObject | undefined>,
): Promise<ResourceRef[]> {
  const direct = directSource(object);
  if (direct === undefined) return [];
  if (direct.kind !== "HelmChart") return [direct];
  const chart = await read(direct);
  const behind = chart && directSource(chart);
  if (behind === undefined) return [direct];
  const repository = behind.kind === "HelmRepository" ? await read(behind) : undefined;
  return fields(repository?.["spec"])["type"] === "oci" ? [direct] : [behind, direct];
}
