import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch } from "../testing/memory-store.ts";
import { deployment } from "../testing/objects.ts";
import { argocd } from "./reader.ts";

/** Where its resources are. */
export const ns = "shop";
/** The Application that all of this is about. */
export const unit = { engine: "argocd", namespace: "argocd", name: "checkout" } as const;
/** What was deployed first. */
export const one = "f5c5e34f271432da6a90730870e2bf467c7297a4";
/** What is deployed now. */
export const two = "b6b11bedf8b1e7c318e9984f5f61ce47028e30eb";
/** Where it comes from. */
export const source = { repoURL: "https://git.example.com/shop.git", path: "checkout", targetRevision: "main" };
/** Where it goes to. */
export const destination = { server: "https://kubernetes.default.svc", namespace: ns };
const applied = { annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } };
/** Its one resource. */
export const checkout = deployment("checkout", ns, { metadata: applied });

interface Parts {
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  top?: Record<string, unknown>;
}

/** The Application: Synced and Healthy, with two deployments, unless told otherwise. */
export function application({ spec = {}, status = {}, metadata = {}, top = {} }: Parts = {}): Sketch {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "checkout", namespace: "argocd", creationTimestamp: "2026-03-01T07:00:00Z", ...metadata },
    spec: { project: "default", source, destination, ...spec },
    status: {
      health: { status: "Healthy" },
      sync: { status: "Synced", revision: two, comparedTo: { source, destination } },
      reconciledAt: "2026-03-01T10:00:00Z",
      resources: [
        { group: "apps", version: "v1", kind: "Deployment", namespace: ns, name: "checkout", status: "Synced" },
      ],
      history: [
        {
          id: 0,
          revision: one,
          source,
          deployStartedAt: "2026-03-01T08:00:00Z",
          deployedAt: "2026-03-01T08:00:10Z",
          initiatedBy: { username: "sofia" },
        },
        {
          id: 1,
          revision: two,
          source,
          deployStartedAt: "2026-03-01T09:00:00Z",
          deployedAt: "2026-03-01T09:00:10Z",
          initiatedBy: { automated: true },
        },
      ],
      operationState: {
        phase: "Succeeded",
        startedAt: "2026-03-01T09:00:00Z",
        finishedAt: "2026-03-01T09:00:10Z",
        message: "successfully synced (all tasks run)",
        operation: { initiatedBy: { username: "sofia" }, sync: { revision: two } },
      },
      ...status,
    },
    ...top,
  };
}

/** A status that is OutOfSync at a revision. */
export const outOfSync = (revision: string) => ({
  sync: { status: "OutOfSync", revision, comparedTo: { source, destination } },
  resources: [
    { group: "apps", version: "v1", kind: "Deployment", namespace: ns, name: "checkout", status: "OutOfSync" },
  ],
});

/** What the reader is given: the Application and what else is in the cluster. */
export const context = (object: Sketch, others: readonly Sketch[] = [checkout]): ReadContext => ({
  cluster: "test",
  store: memoryStore([object, ...others]),
  desired: undefined,
});

/** What the reader makes of it. */
export function read(object: Sketch, others?: readonly Sketch[]) {
  const reading = argocd.read(unit, context(object, others));
  if (reading === undefined) throw new Error("not read");
  return reading;
}

/** The row that the reader makes of it. */
export const row = (parts?: Parts, others?: readonly Sketch[]) => read(application(parts), others).application;
