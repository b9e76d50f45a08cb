import type { Build } from "../build.ts";
import { field } from "../tools/objects.ts";
import { is } from "./argocd.ts";
import { reconcile } from "./flux.ts";

/** What people did by hand to what Flux applies. Comes after the last reconciliation, which would undo it. */
export async function driftFromKustomizations({ kubectl }: Build): Promise<void> {
  await Promise.all([
    kubectl(["scale", "-n", "doc-router-production", "statefulset/doc-router-worker", "--replicas=4"]),
    kubectl([
      "set",
      "image",
      "-n",
      "doc-router-staging",
      "deployment/doc-router-backend",
      "backend=registry.example.com/doc-router/backend:2.5.0-hotfix",
    ]),
  ]);
}

/** A ConfigMap is deleted while its Kustomization is suspended. */
export async function driftFromIndexer({ kubectl }: Build): Promise<void> {
  await kubectl(["delete", "configmap", "-n", "search", "search-indexer"]);
}

/** A label is edited in an editor; helm-controller is then asked to look, and warns. */
export async function driftFromDashboards(build: Build): Promise<void> {
  await build.kubectl(["edit", "-n", "search", "deployment/dashboards"], {
    env: { KUBE_EDITOR: "sed -i 's/tier: internal/tier: public/'" },
  });
  await reconcile(build, ["HelmRelease", "search", "dashboards"]);
}

/** A Secret of a plain Helm release gets another value. */
export async function driftFromNotifier({ kubectl }: Build): Promise<void> {
  const patch = JSON.stringify({ stringData: { WEBHOOK_TOKEN: "planted-notifier-rotated-token" } });
  await kubectl(["patch", "secret", "-n", "team-a", "notifier-credentials", "--patch", patch]);
}

/** A Deployment that was applied with kubectl is scaled. */
export async function driftFromLandingPage({ kubectl }: Build): Promise<void> {
  await kubectl(["scale", "-n", "team-a", "deployment/landing-page", "--replicas=3"]);
}

/** Another image under an Application that syncs by itself but does not heal itself. */
export async function driftFromSessionStore({ kubectl, waiting }: Build): Promise<void> {
  const image = "registry.example.com/shop/session-store:2.0.6-debug";
  await kubectl(["set", "image", "-n", "shop", "deployment/session-store", `session-store=${image}`]);
  await waiting.until("Argo CD to see the drift of session-store", (snapshot) => {
    const deployment = snapshot.get("Deployment", "shop", "session-store");
    return (
      field(deployment, "spec.template.spec.containers.0.image") === image &&
      is(snapshot, "session-store", "OutOfSync", "Healthy")
    );
  });
}

/** A Deployment is scaled whose number of replicas its Application ignores: no drift, though live differs. */
export async function scaleAuditLog({ kubectl }: Build): Promise<void> {
  await kubectl(["scale", "-n", "shop", "deployment/audit-log", "--replicas=2"]);
}
