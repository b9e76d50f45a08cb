import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Build } from "../build.ts";
import { apply, merge } from "../tools/api.ts";
import type { Snapshot } from "../tools/cluster.ts";
import { field, type KubeObject } from "../tools/objects.ts";

/** Field manager of what a person does in Argo CD's own page. */
const manager = "argocd-server";

/** Applications with a history, with two sources, broken, behind Git, and an app of apps. */
export async function applyApplications(build: Build): Promise<void> {
  await apply(
    build.context,
    ["applications", "price-feeds"].map((name) => build.manifest(`argocd/${name}.yaml`)),
    manager,
  );
  await Promise.all([
    freezePriceFeeds(build),
    afterFirstSync(build, "storefront", "storefront-auto-sync"),
    afterFirstSync(build, "checkout", "checkout-second-sync"),
  ]);
  await build.waiting.until(
    "the Argo CD Applications",
    (snapshot) =>
      ["storefront", "catalog", "session-store", "audit-log"].every((name) =>
        is(snapshot, name, "Synced", "Healthy"),
      ) &&
      hasHistory(snapshot, "storefront", 2) &&
      hasHistory(snapshot, "checkout", 2),
  );
  build.report("Argo CD: Applications synced");
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
    return (
      field(application, "status.operationState.phase") === "Succeeded" && field(application, "operation") === undefined
    );
  });
  await change(build, "Application", name, patch);
}

/** The window that denies syncs comes once there is something that can't be synced any more. */
async function freezePriceFeeds(build: Build): Promise<void> {
  await build.waiting.until("the Application of the ApplicationSet price-feeds", (snapshot) =>
    is(snapshot, "price-feed-eu", "Synced", "Healthy"),
  );
  await change(build, "AppProject", "price-feeds", "price-feeds-freeze");
}

async function change({ context, manifest }: Build, kind: string, name: string, file: string): Promise<void> {
  const patch: unknown = parse(readFileSync(manifest(`argocd/${file}.yaml`), "utf8"));
  const object = { apiVersion: "argoproj.io/v1alpha1", kind, metadata: { namespace: "argocd", name } };
  await merge(context, object, patch, manager);
}
