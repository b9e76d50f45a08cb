import { countOf, inventoryOf, type Fleet, type Owner, type Planned } from "./plan.ts";
import { createRandom } from "./random.ts";
import { unitName } from "./unit-name.ts";

const time = "2026-11-20T09:00:00Z";

/** Argo CD Applications with 20 resources and a history of 5; of a hundred about 12 are out of sync and 6 degraded. */
export function* argoApplications(fleet: Fleet): Iterable<Planned> {
  for (let index = 0; index < countOf(fleet, "argoApplications"); index += 1) {
    const owner: Owner = { engine: "argocd", index };
    const random = createRandom(`application ${index}`);
    const { namespace, name } = unitName(owner);
    const resources = inventoryOf(owner, fleet);
    const [first] = resources;
    const source = { path: `apps/${name}`, repoURL: "https://git.example.com/argo.git", targetRevision: "main" };
    const destination = { namespace: first?.namespace ?? "default", server: "https://kubernetes.default.svc" };
    const revision = random.hex(40);
    const outOfSync = random.next() < 0.12;
    const degraded = random.next() < 0.06;
    yield {
      object: {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: { namespace, name, labels: { team: `squad-${index % 12}` } },
        spec: { destination, project: "default", source, syncPolicy: { automated: { prune: true } } },
        status: {
          controllerNamespace: namespace,
          health: { status: degraded ? "Degraded" : "Healthy", lastTransitionTime: time },
          reconciledAt: time,
          resourceHealthSource: "appTree",
          sourceType: "Directory",
          summary: { images: [`registry.example.com/${name}:1.0.0`] },
          sync: { status: outOfSync ? "OutOfSync" : "Synced", revision, comparedTo: { destination, source } },
          history: Array.from({ length: 5 }, (_, id) => ({
            id,
            deployStartedAt: `2026-11-${10 + 2 * id}T08:59:00Z`,
            deployedAt: `2026-11-${10 + 2 * id}T09:00:00Z`,
            initiatedBy: { automated: true },
            revision: id === 4 ? revision : random.hex(40),
            source,
          })),
          operationState: {
            phase: "Succeeded",
            message: "successfully synced (all tasks run)",
            startedAt: "2026-11-18T08:59:00Z",
            finishedAt: "2026-11-18T09:00:00Z",
            operation: { initiatedBy: { automated: true }, retry: { limit: 5 }, sync: { prune: true, revision } },
            syncResult: {
              revision,
              source,
              resources: resources.map((resource) => ({
                ...resource,
                message: `${resource.kind.toLowerCase()}/${resource.name} unchanged`,
                hookPhase: "Running",
                status: "Synced",
                syncPhase: "Sync",
              })),
            },
          },
          resources: resources.map((resource, place) => ({
            ...resource,
            status: outOfSync && place === 0 ? "OutOfSync" : "Synced",
          })),
        },
      },
    };
  }
}
