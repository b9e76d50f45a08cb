import type { ApplicationRef } from "#lib/model/application.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { argoGroup } from "../managed-by.ts";

/** Argo CD's Application, without a version. */
export const applicationKind = { group: argoGroup, kind: "Application" } as const;

/** An Application with what every reader of one looks at. It has no status subresource: its status is part of the object. */
export interface ArgoApplication {
  readonly stored: StoredObject;
  readonly spec: Fields;
  readonly status: Fields;
  readonly sync: Fields;
  /** One or many; each as the spec has it. */
  readonly sources: readonly Fields[];
  readonly manySources: boolean;
  /** It deploys to another cluster than the one it lives in. */
  readonly remote: boolean;
}

/** Looks up an Application; undefined when there is none. */
export function findArgoApplication(
  { namespace, name }: ApplicationRef,
  store: StoreReader,
): ArgoApplication | undefined {
  const stored = store.get(resourceKey({ ...applicationKind, namespace, name }));
  if (stored === undefined) return undefined;
  const spec = fields(stored.object["spec"]);
  const status = fields(stored.object["status"]);
  const many = list(spec["sources"]).map(fields);
  const one = fields(spec["source"]);
  return {
    stored,
    spec,
    status,
    sync: fields(status["sync"]),
    sources: many.length > 0 ? many : Object.keys(one).length > 0 ? [one] : [],
    manySources: many.length > 0,
    remote: isRemote(fields(spec["destination"])),
  };
}

// Argo CD's names for the cluster that it runs in (argo-cd `pkg/apis/application/v1alpha1` KubernetesInternalAPIServerAddr).
function isRemote(destination: Fields): boolean {
  const server = text(destination["server"]).replace(/\/$/, "");
  const name = text(destination["name"]);
  if (server !== "")
    return server !== "https://kubernetes.default.svc" && server !== "https://kubernetes.default.svc.cluster.local";
  return name !== "" && name !== "in-cluster";
}

/** The revisions that a verdict or an entry of the history names: one for each source. */
export function revisionsOf(holder: Fields): string[] {
  const many = list(holder["revisions"]).map(text);
  const one = text(holder["revision"]);
  if (many.some((revision) => revision !== "")) return many;
  return one === "" ? [] : [one];
}

/** Revisions as one word; several are joined in the order of their sources. */
export function joinRevisions(revisions: readonly string[]): string | undefined {
  const known = revisions.filter((revision) => revision !== "");
  return known.length === 0 ? undefined : known.join(", ");
}

/** The last entry of `status.history`: the last full sync that succeeded. */
export function lastDeployment({ status }: ArgoApplication): Fields | undefined {
  const history = list(status["history"]);
  return history.length === 0 ? undefined : fields(history[history.length - 1]);
}
