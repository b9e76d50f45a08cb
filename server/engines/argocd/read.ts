import type { Application, ApplicationRef, Reason, Source } from "#lib/model/application.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { readHold } from "../common/hold.ts";
import { lastAppliedFingerprint } from "../common/last-applied.ts";
import { identityOf, reasonsOf } from "../common/row.ts";
import type { InventoryItem, ReadContext, Reading } from "../engine.ts";
import { managedBy } from "../managed-by.ts";
import { rollUp } from "../roll-up.ts";
import { argoInventory } from "./inventory.ts";
import { type ArgoApplication, findArgoApplication, joinRevisions, lastDeployment, revisionsOf } from "./kind.ts";
import { argoOperation } from "./operation.ts";
import { projectKey, windowsOf } from "./project.ts";
import { argoDrift, argoHealth, argoSync, conditionReasons } from "./verdicts.ts";

/** Reads one Argo CD Application: Argo CD's own verdicts, in the words of what causes them. */
export function readApplication(unit: ApplicationRef, { cluster, store, now }: ReadContext): Reading | undefined {
  const application = findArgoApplication(unit, store);
  if (application === undefined) return undefined;
  const { stored, spec, sync: verdict } = application;
  const inventory = argoInventory(application, store);
  const sum = rollUp(inventory, store, { source: "argocd" });
  const health = argoHealth(application, sum);
  const sync = argoSync(application, inventory);
  const operation = argoOperation(application);
  const hold = readHold(stored.object);
  const owner = managedBy(stored, store);
  const last = lastDeployment(application);
  const applied = last === undefined ? undefined : joinRevisions(revisionsOf(last));
  const desired = joinRevisions(revisionsOf(verdict));
  const deployedAt = text(last?.["deployedAt"]);
  const automated = fields(spec["syncPolicy"])["automated"];
  return {
    application: {
      ...identityOf(unit, cluster, stored),
      health,
      sync,
      drift: argoDrift(application, inventory, sync),
      suspended:
        fields(automated)["enabled"] === false ||
        stored.object.metadata.annotations?.["argocd.argoproj.io/skip-reconcile"] === "true",
      revision: { ...(applied !== undefined && { applied }), ...(desired !== undefined && { desired }) },
      sources: application.sources.map(describeSource),
      resources: sum.counts,
      reasons: reasonsOf(
        health,
        sync,
        [...furtherReasons(application, operation), ...windowReasons(application, sync, store, now)],
        sum,
      ),
      ...(operation !== undefined && { operation }),
      ...(hold !== undefined && { hold }),
      ...(owner !== undefined && { managedBy: owner }),
      ...(deployedAt !== "" && { lastDeployedAt: deployedAt }),
    },
    inventory,
    dependsOn: [projectKey(application), settingsKey(application)],
    ...desiredOf(application, inventory, store),
  };
}

function describeSource(source: Readonly<Record<string, unknown>>): Source {
  const [url, ref, path, chart, name] = ["repoURL", "targetRevision", "path", "chart", "ref"].map((field) =>
    text(source[field]),
  );
  const isChart = chart !== undefined && chart !== "";
  return {
    kind: isChart ? "Helm chart" : "Git",
    ...(name !== undefined && name !== "" && { name }),
    ...(url !== undefined && url !== "" && { url }),
    ...(ref !== undefined && ref !== "" && (isChart ? { version: ref } : { ref })),
    ...(path !== undefined && path !== "" && { path }),
    ...(isChart && { chart }),
  };
}

function furtherReasons({ status, remote }: ArgoApplication, operation: ReturnType<typeof argoOperation>): Reason[] {
  const reasons: Reason[] = conditionReasons(status).map(({ about, text: words }) => ({ about, text: words }));
  if (operation?.phase === "Failed" && operation.message !== undefined)
    reasons.push({ about: "operation", text: `the last ${operation.kind} failed: ${operation.message}` });
  if (remote) reasons.push({ about: "health", text: "its resources live in another cluster and can't be seen here" });
  return reasons;
}

/** A closed window is why what is OutOfSync stays so. */
function windowReasons(
  application: ArgoApplication,
  sync: Application["sync"],
  store: StoreReader,
  now: string | undefined,
): Reason[] {
  if (now === undefined || sync.status !== "OutOfSync") return [];
  const { automated } = windowsOf(application, store, Date.parse(now)) ?? {};
  return automated === undefined ? [] : [{ about: "sync", text: automated }];
}

/**
 * The Kubernetes API has no manifests of Argo CD's: what was applied last stands in the live objects' own annotation, so desired state
 * is anew when one of those changes, or the rules for what is left out of the comparison do. Nothing can be compared where no object carries it (server-side apply) or all live elsewhere.
 */
function desiredOf(
  application: ArgoApplication,
  inventory: readonly InventoryItem[],
  store: StoreReader,
): Pick<Reading, "desiredKey" | "desiredMissing"> {
  const { stored, spec, remote, status } = application;
  if (remote) return { desiredMissing: "its resources live in another cluster" };
  if (inventory.length === 0) return { desiredMissing: "it has no resources" };
  const fingerprints = inventory.map(({ ref }) => {
    const live = store.get(resourceKey(ref));
    return live === undefined ? "" : (lastAppliedFingerprint(live.object) ?? "");
  });
  if (fingerprints.every((fingerprint) => fingerprint === ""))
    return { desiredMissing: "desired manifest unavailable: its objects don't carry what was last applied" };
  const revision = joinRevisions(revisionsOf(fields(fields(status["operationState"])["syncResult"]))) ?? "";
  // Not the generation: it counts every status of an Application, which has no status subresource.
  const rules = JSON.stringify(spec["ignoreDifferences"] ?? []);
  const settings = store.get(settingsKey(application))?.resourceVersion ?? "";
  return { desiredKey: [stored.uid, revision, fingerprints.join(","), settings, rules].join("|") };
}

/** Argo CD's own settings, which may leave fields of any Application's objects out of the comparison. */
function settingsKey({ stored, status }: ArgoApplication): string {
  const namespace = text(status["controllerNamespace"]) || stored.ref.namespace || "argocd";
  return resourceKey({ group: "", kind: "ConfigMap", namespace, name: "argocd-cm" });
}
