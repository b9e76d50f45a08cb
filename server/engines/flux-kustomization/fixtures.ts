import type { Sketch } from "../testing/memory-store.ts";

export const ns = "doc-router";
export const oldRevision = "main@sha1:4a637a6d1f0e2b3c4d5e6f708192a3b4c5d6e7f8";
export const newRevision = "main@sha1:91be02c41f0e2b3c4d5e6f708192a3b4c5d6e7f8";
const at = "2026-03-01T09:00:00Z";

/** A GitRepository at a revision. */
export function gitRepository(revision: string | undefined, extra: Record<string, unknown> = {}): Sketch {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "doc-router", namespace: ns },
    spec: { url: "https://git.example.com/doc-router.git", ref: { branch: "main" }, interval: "1m", ...extra },
    status:
      revision === undefined
        ? {
            conditions: [
              {
                type: "Ready",
                status: "False",
                reason: "GitOperationFailed",
                message:
                  "failed to checkout and determine revision: unable to clone 'https://git.example.com/doc-router.git': repository not found",
              },
            ],
          }
        : {
            artifact: { revision, digest: `sha256:${"a".repeat(64)}`, url: "http://source-controller/x.tar.gz" },
            conditions: [{ type: "Ready", status: "True", reason: "Succeeded" }],
          },
  };
}

/** A Kustomization as its controller leaves it, with `ready` as its Ready condition. */
export function kustomization({
  ready = { status: "True", reason: "ReconciliationSucceeded", message: `Applied revision: ${oldRevision}` },
  conditions = [],
  metadata = {},
  spec = {},
  status = {},
}: {
  ready?: Record<string, unknown> | null;
  conditions?: Record<string, unknown>[];
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
} = {}): Sketch {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: {
      name: "staging",
      namespace: ns,
      uid: "uid-staging",
      generation: 3,
      creationTimestamp: "2026-02-01T08:00:00Z",
      ...metadata,
    },
    spec: {
      interval: "10m",
      path: "./overlays/staging",
      prune: true,
      sourceRef: { kind: "GitRepository", name: "doc-router" },
      ...spec,
    },
    status: {
      observedGeneration: 3,
      lastAppliedRevision: oldRevision,
      lastAttemptedRevision: oldRevision,
      conditions: [...(ready === null ? [] : [{ type: "Ready", lastTransitionTime: at, ...ready }]), ...conditions],
      inventory: {
        entries: [
          { id: `${ns}_backend_apps_Deployment`, v: "v1" },
          { id: `${ns}_settings__Secret`, v: "v1" },
        ],
      },
      history: [
        {
          digest: "sha256:two",
          firstReconciled: "2026-03-01T08:30:00Z",
          lastReconciled: at,
          lastReconciledDuration: "1.5s",
          lastReconciledStatus: "ReconciliationSucceeded",
          totalReconciliations: 4,
          metadata: { revision: oldRevision },
        },
        {
          digest: "sha256:one",
          firstReconciled: "2026-02-01T08:30:00Z",
          lastReconciled: "2026-02-01T09:00:00Z",
          lastReconciledDuration: "1.4s",
          lastReconciledStatus: "ReconciliationSucceeded",
          totalReconciliations: 9,
          metadata: { revision: "main@sha1:0011223344556677889900112233445566778899" },
        },
        {
          digest: "sha256:bad",
          firstReconciled: "2026-01-01T08:30:00Z",
          lastReconciled: "2026-01-01T09:00:00Z",
          lastReconciledStatus: "HealthCheckFailed",
          metadata: { revision: newRevision },
        },
      ],
      ...status,
    },
  };
}

/** The Secret of the inventory. */
export const settings: Sketch = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "settings", namespace: ns },
  type: "Opaque",
  data: {},
};
