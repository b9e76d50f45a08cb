import type { DriftStatus, Engine, SyncStatus } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";

/** One application of the scenario and what a person must see of it. */
export interface ExpectedApplication {
  readonly engine: Engine;
  readonly namespace: string;
  readonly name: string;
  readonly health: HealthStatus;
  readonly sync: SyncStatus;
  readonly drift: ExpectedDrift;
  readonly suspended: boolean;
  /** Part of what explains the state, in the engine's own words. Absent where all is well. */
  readonly reason?: string;
  /** Newest Helm revision and its status, for releases of `helm` itself and of HelmReleases. */
  readonly release?: { readonly revision: number; readonly status: string };
  /** Known entries of its history: Argo CD's, Flux's or the workload's revisions. */
  readonly history?: number;
  /** What the application is in the scenario for. */
  readonly about: string;
}

/** Drift, and for `Drifted` the one thing that differs. */
export type ExpectedDrift =
  | { readonly status: Exclude<DriftStatus, "Drifted"> }
  | {
      readonly status: "Drifted";
      readonly kind: string;
      readonly namespace: string;
      readonly name: string;
      /** Path of the field that was changed; absent where the whole object was deleted. */
      readonly field?: string;
      /** The live value there; a Secret's value is that of `stringData`. */
      readonly live?: string;
      readonly desired?: string;
      /** Field manager of whoever changed it. */
      readonly manager?: string;
    };

const none = { status: "None" } as const;
const well = { health: "Healthy", sync: "Synced", drift: none, suspended: false } as const;

/** The single truth about the scenario, which tests compare the page with. */
export const expectedApplications: readonly ExpectedApplication[] = [
  {
    ...well,
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "doc-router-infrastructure",
    history: 1,
    about: "network policies and priorities that production depends on",
  },
  {
    ...well,
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "doc-router-production",
    history: 2,
    drift: {
      status: "Drifted",
      kind: "StatefulSet",
      namespace: "doc-router-production",
      name: "doc-router-worker",
      field: "spec.replicas",
      desired: "2",
      live: "4",
      manager: "kubectl",
    },
    about: "overlay with dependsOn, patches, images and substitution; its worker was scaled by hand",
  },
  {
    ...well,
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "doc-router-staging",
    history: 2,
    drift: {
      status: "Drifted",
      kind: "Deployment",
      namespace: "doc-router-staging",
      name: "doc-router-backend",
      field: "spec.template.spec.containers[name=backend].image",
      desired: "registry.example.com/doc-router/backend:2.4.1",
      live: "registry.example.com/doc-router/backend:2.5.0-hotfix",
      manager: "kubectl-set",
    },
    about: "the same base as production; its backend got another image by hand",
  },
  {
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "billing",
    health: "Degraded",
    sync: "OutOfSync",
    drift: { status: "Unknown" },
    suspended: false,
    reason: "BuildFailed",
    about: "the newest commit does not build, the one before it runs",
  },
  {
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "billing-reports",
    health: "Progressing",
    sync: "OutOfSync",
    drift: none,
    suspended: false,
    reason: "DependencyNotReady",
    about: "waits for billing",
  },
  {
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "search-indexer",
    health: "Suspended",
    sync: "Synced",
    drift: { status: "Drifted", kind: "ConfigMap", namespace: "search", name: "search-indexer" },
    suspended: true,
    about: "suspended, and one of its ConfigMaps was deleted since",
  },
  {
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "search-api",
    health: "Degraded",
    sync: "OutOfSync",
    drift: none,
    suspended: false,
    reason: "HealthCheckFailed",
    about: "its image was never pushed (ImagePullBackOff), so the health check fails",
  },
  {
    ...well,
    engine: "flux-kustomization",
    namespace: "flux-system",
    name: "platform-policies",
    about: "from an artifact in the OCI registry",
  },
  {
    ...well,
    engine: "flux-kustomization",
    namespace: "team-a",
    name: "portal",
    about: "the team's own Kustomization; it applies a HelmRelease",
  },
  {
    ...well,
    engine: "flux-helmrelease",
    namespace: "platform",
    name: "gateway",
    release: { revision: 3, status: "deployed" },
    about: "three revisions: another chart version, then other values",
  },
  {
    engine: "flux-helmrelease",
    namespace: "billing",
    name: "invoice-renderer",
    health: "Degraded",
    sync: "OutOfSync",
    drift: none,
    suspended: false,
    reason: "RollbackSucceeded",
    release: { revision: 3, status: "deployed" },
    about: "its upgrade failed and was rolled back",
  },
  {
    ...well,
    engine: "flux-helmrelease",
    namespace: "search",
    name: "dashboards",
    release: { revision: 1, status: "deployed" },
    drift: {
      status: "Drifted",
      kind: "Deployment",
      namespace: "search",
      name: "dashboards",
      field: "metadata.labels.tier",
      desired: "internal",
      live: "public",
      manager: "kubectl-edit",
    },
    about: "OCI chart, values from a ConfigMap and a Secret, drift detection that warns; a label was edited",
  },
  {
    ...well,
    engine: "flux-helmrelease",
    namespace: "team-a",
    name: "team-queue",
    release: { revision: 1, status: "deployed" },
    about: "applied by the Kustomization portal",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "storefront",
    history: 2,
    about: "syncs by itself",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "checkout",
    sync: "OutOfSync",
    history: 2,
    about: "synced by hand, and a commit came since",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "recommendations",
    health: "Degraded",
    reason: "CrashLoopBackOff",
    about: "its worker crashes with exit code 1",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "catalog",
    history: 1,
    about: "two sources: a chart, and its values from Git",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "small-services",
    about: "an app of apps",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "audit-log",
    about: "a child of small-services",
  },
  {
    ...well,
    engine: "argocd",
    namespace: "argocd",
    name: "session-store",
    sync: "OutOfSync",
    drift: {
      status: "Drifted",
      kind: "Deployment",
      namespace: "shop",
      name: "session-store",
      field: "spec.template.spec.containers[name=session-store].image",
      desired: "registry.example.com/shop/session-store:2.0.5",
      live: "registry.example.com/shop/session-store:2.0.6-debug",
      manager: "kubectl-set",
    },
    about: "a child of small-services; it got another image by hand and does not heal itself",
  },
  {
    ...well,
    engine: "helm",
    namespace: "platform",
    name: "metrics-relay",
    release: { revision: 6, status: "deployed" },
    about: "six revisions of two chart versions",
  },
  {
    engine: "helm",
    namespace: "billing",
    name: "ledger",
    health: "Degraded",
    sync: "OutOfSync",
    drift: none,
    suspended: false,
    reason: "pre-upgrade hooks failed",
    release: { revision: 3, status: "failed" },
    about: "the last upgrade failed in its migration; revision 2 still runs",
  },
  {
    engine: "helm",
    namespace: "search",
    name: "query-cache",
    health: "Progressing",
    sync: "OutOfSync",
    drift: none,
    suspended: false,
    reason: "pending-upgrade",
    release: { revision: 2, status: "pending-upgrade" },
    about: "stuck: whoever ran the upgrade went away",
  },
  {
    ...well,
    engine: "helm",
    namespace: "platform",
    name: "legacy-dns",
    release: { revision: 2, status: "deployed" },
    about: "written by Helm 3",
  },
  {
    ...well,
    engine: "helm",
    namespace: "doc-router-staging",
    name: "feature-flags",
    release: { revision: 2, status: "deployed" },
    about: "stored in ConfigMaps",
  },
  {
    ...well,
    engine: "helm",
    namespace: "team-a",
    name: "notifier",
    release: { revision: 2, status: "deployed" },
    drift: {
      status: "Drifted",
      kind: "Secret",
      namespace: "team-a",
      name: "notifier-credentials",
      field: "data.WEBHOOK_TOKEN",
      desired: "planted-notifier-webhook-token",
      live: "planted-notifier-rotated-token",
      manager: "kubectl-patch",
    },
    about: "the team's own release; its Secret was changed by hand",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "billing",
    name: "exchange-rates",
    about: "kubectl apply -k, with a Secret in the last-applied annotation",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "search",
    name: "synonyms",
    about: "kubectl apply --server-side",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "platform",
    name: "backup",
    about: "an ApplySet",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "team-a",
    name: "landing-page",
    history: 3,
    drift: {
      status: "Drifted",
      kind: "Deployment",
      namespace: "team-a",
      name: "landing-page",
      field: "spec.replicas",
      desired: "1",
      live: "3",
      manager: "kubectl",
    },
    about: "three rollouts, then scaled by hand",
  },
];
