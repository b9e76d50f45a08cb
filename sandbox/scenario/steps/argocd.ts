import type { Build } from "../build.ts";
import type { Snapshot } from "../tools/cluster.ts";
import { field, type KubeObject } from "../tools/objects.ts";

/** Applications with a history, with two sources, broken, behind Git, and an app of apps. */
export async function applyApplications(build: Build): Promise<void> {
  const { kubectl, manifest, report } = build;
  await kubectl(["apply", "--server-side", "--field-manager=argocd-server", "-f", manifest("argocd/applications.yaml")]);
  await Promise.all([
    afterFirstSync(build, "storefront", "storefront-auto-sync"),
    afterFirstSync(build, "checkout", "checkout-second-sync"),
  ]);
  await build.waiting.until("the Argo CD Applications", (snapshot) =>
    ["storefront", "catalog", "session-store", "audit-log"].every((name) => is(snapshot, name, "Synced", "Healthy")) &&
    is(snapshot, "storefront", "Synced", "Healthy") &&
    hasHistory(snapshot, "storefront", 2) &&
    hasHistory(snapshot, "checkout", 2),
  );
  report("Argo CD: Applications synced");
}

/** Whether an Application has the given sync and health. */
export function is(snapshot: Snapshot, name: string, sync: string, health: string): boolean {
  const application = get(snapshot, name);
  return field(application, "status.sync.status") === sync && field(application, "status.health.status") === health;
}

/** Argo CD writes the history after a full sync that succeeded. */
function hasHistory(snapshot: Snapshot, name: string, length: number): boolean {
  const history = field(get(snapshot, name), "status.history");
  return Array.isArray(history) && history.length >= length;
}

function get(snapshot: Snapshot, name: string): KubeObject | undefined {
  return snapshot.get("Application", "argocd", name);
}

async function afterFirstSync(build: Build, name: string, patch: string): Promise<void> {
  await build.waiting.until(`the first sync of ${name}`, (snapshot) => {
    const application = get(snapshot, name);
    return field(application, "status.operationState.phase") === "Succeeded" && field(application, "operation") === undefined;
  });
  const file = build.manifest(`argocd/${patch}.yaml`);
  await build.kubectl([
    ...["patch", "-n", "argocd", `application.argoproj.io/${name}`],
    ...["--type=merge", "--field-manager=argocd-server", `--patch-file=${file}`],
  ]);
}
