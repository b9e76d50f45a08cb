"use client";
import type { ApplicationRef, Engine } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { useLiveResource } from "#components/live/queries.ts";
import { LiveManifest } from "./resource-views.tsx";

/** The object in the cluster that is the application; Helm releases and kubectl groups have none. */
const kinds: Partial<Record<Engine, Pick<ResourceRef, "group" | "version" | "kind">>> = {
  "flux-kustomization": { group: "kustomize.toolkit.fluxcd.io", version: "v1", kind: "Kustomization" },
  "flux-helmrelease": { group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" },
  argocd: { group: "argoproj.io", version: "v1alpha1", kind: "Application" },
};

/** The application's own object, where it has one. */
export function ownObject({ engine, namespace, name }: ApplicationRef): ResourceRef | undefined {
  const kind = kinds[engine];
  return kind && { ...kind, namespace, name };
}

/** The manifest of the application's own object, as it is in the cluster. */
export function ManifestTab({ unit, own }: { unit: ApplicationRef; own: ResourceRef }) {
  const query = useLiveResource(unit, own);
  return (
    <div className="p-3 sm:p-5">
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <LiveManifest query={query} ref_={own} />
      </div>
    </div>
  );
}
