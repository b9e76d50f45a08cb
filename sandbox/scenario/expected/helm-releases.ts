import { type ExpectedApplication, noDrift, well } from "./application.ts";

/** The Flux HelmReleases of the scenario. */
export const expectedHelmReleases: readonly ExpectedApplication[] = [
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
    drift: noDrift,
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
];
