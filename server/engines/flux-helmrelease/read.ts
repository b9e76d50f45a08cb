import type { Application, ApplicationRef, Reason, Source } from "#lib/model/application.ts";
import { findCondition } from "#lib/model/conditions.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { desiredInventory } from "../common/desired-inventory.ts";
import {
  dependencyReasons,
  fluxConditionHealth,
  fluxInventory,
  fluxOperation,
  waitingWords,
  withResources,
} from "../common/flux-object.ts";
import { describeSource, sourceReasons } from "../common/flux-source.ts";
import { readHold } from "../common/hold.ts";
import { shortMessage } from "../common/message.ts";
import { identityOf, reasonsOf, unjudgedDrift } from "../common/row.ts";
import type { InventoryItem, ReadContext, Reading } from "../engine.ts";
import { managedBy } from "../managed-by.ts";
import { rollUp } from "../roll-up.ts";
import {
  askedVersion,
  chartName,
  helmReleaseKey,
  type HelmReleaseView,
  type Snapshot,
  valuesKeys,
  viewHelmRelease,
} from "./kind.ts";
import { deployedSnapshot, failureWords, offeredVersion, syncVerdict } from "./sync.ts";

/** Reads one HelmRelease: its row, inventory and what its desired state depends on. */
export function readHelmRelease(unit: ApplicationRef, context: ReadContext): Reading | undefined {
  const view = viewHelmRelease(unit, context.store);
  if (view === undefined) return undefined;
  const { flux, source, repository } = view;
  const inventory = inventoryOf(view, context);
  const sum = rollUp(inventory, context.store, { source: "kstatus" });
  const health = withResources(ownHealth(view), sum, flux);
  const state = desired(view);
  const facts = state.desiredKey === context.desired?.key ? context.desired?.facts : undefined;
  const sync = syncVerdict(view, facts);
  const deployed = deployedSnapshot(view, facts);
  const attempted = text(flux.status["lastAttemptedRevision"]);
  // A chart from OCI carries its digest in the version that was installed: what is in sync has one version, not two spellings of it.
  const desiredVersion = sync.status === "Synced" ? deployed?.chartVersion : offeredVersion(view);
  const hold = readHold(flux.stored.object);
  const operation = fluxOperation(flux);
  const owner = managedBy(flux.stored, context.store);
  return {
    application: {
      ...identityOf(unit, context.cluster, flux.stored),
      health,
      sync,
      drift: engineDrift(view),
      suspended: flux.suspended,
      revision: {
        ...(deployed !== undefined && { applied: deployed.chartVersion }),
        ...(desiredVersion !== undefined && { desired: desiredVersion }),
        ...(attempted !== "" && { attempted }),
      },
      sources: sourcesOf(view, deployed),
      resources: sum.counts,
      reasons: reasonsOf(health, sync, furtherReasons(view, context.store), sum),
      ...(operation !== undefined && { operation }),
      ...(hold !== undefined && { hold }),
      ...(owner !== undefined && { managedBy: owner }),
      ...(deployed !== undefined && deployed.lastDeployed !== "" && { lastDeployedAt: deployed.lastDeployed }),
    },
    inventory,
    dependsOn: [
      ...[source, repository].flatMap((found) => (found === undefined ? [] : [found.key])),
      ...list(flux.spec["dependsOn"]).map((entry) => dependencyKey(entry, unit.namespace)),
      ...valuesKeys(view),
    ],
    ...state,
  };
}

/** The engine's conditions, with the words for what was tried and what came of it. */
function ownHealth(view: HelmReleaseView): Application["health"] {
  const health = fluxConditionHealth(view.flux, waitingWords);
  const words = health.status === "Degraded" ? failureWords(view) : undefined;
  return words === undefined ? health : { ...health, message: words };
}

/** `status.inventory` (Flux 2.8 and newer), else what the release's own record says. */
function inventoryOf(view: HelmReleaseView, { desired, store }: ReadContext): InventoryItem[] {
  const own = fluxInventory(view.flux);
  if (own !== undefined) return own;
  if (desired === undefined || view.flux.remote) return [];
  return desiredInventory(desired, deployedSnapshot(view)?.namespace ?? view.unit.namespace, store);
}

/** The controller's own drift verdict, where it has the Drifted condition; it counts nothing, so one object at least differs. */
function engineDrift({ flux }: HelmReleaseView): Application["drift"] {
  if (flux.remote) return unjudgedDrift("its resources live in another cluster");
  const drifted = findCondition(flux.conditions, "Drifted");
  if (drifted?.status !== "True") return unjudgedDrift();
  const objects = (drifted.message ?? "").match(/^\S+\/\S+ (?:changed|removed)/gm)?.length ?? 1;
  return {
    status: "Drifted",
    count: objects,
    exactness: "engine",
    ...(drifted.lastTransitionTime !== undefined && { checkedAt: drifted.lastTransitionTime }),
    ...(drifted.message !== undefined && {
      message: shortMessage(
        drifted.message.replace(/^Cluster state of release \S+ has drifted from the desired state:\s*/i, ""),
      ),
    }),
  };
}

function sourcesOf(view: HelmReleaseView, deployed: Snapshot | undefined): Source[] {
  const { source, repository } = view;
  const chart = chartName(view);
  const version = deployed?.chartVersion || askedVersion(view);
  const shown = repository ?? source;
  if (shown === undefined) return [];
  return [{ ...describeSource(shown), ...(chart !== "" && { chart }), ...(version !== "" && { version }) }];
}

function furtherReasons(view: HelmReleaseView, store: StoreReader): Reason[] {
  const { flux, unit, source, repository } = view;
  const reasons = [
    ...dependencyReasons(flux, store, (entry) => dependencyKey(entry, unit.namespace)),
    ...sourceReasons(source),
    ...sourceReasons(repository),
  ];
  const tests = findCondition(flux.conditions, "TestSuccess");
  if (tests?.status === "False")
    reasons.push({ about: "health", text: `tests failed: ${shortMessage(tests.message ?? tests.reason ?? "")}` });
  if (flux.remote)
    reasons.push({ about: "health", text: "its resources live in another cluster and can't be seen here" });
  return reasons;
}

function dependencyKey(entry: unknown, namespace: string): string {
  const { namespace: other, name } = fields(entry);
  return helmReleaseKey({ namespace: text(other) || namespace, name: text(name) });
}

function desired(view: HelmReleaseView): Pick<Reading, "desiredKey" | "desiredMissing"> {
  const { flux, release } = view;
  if (flux.remote) return { desiredMissing: "its resources live in another cluster" };
  const snapshot = deployedSnapshot(view);
  if (snapshot === undefined) return { desiredMissing: "nothing has been installed yet" };
  // The generation stands for spec.driftDetection, which says what is left out.
  return {
    desiredKey: [
      flux.stored.uid,
      flux.stored.object.metadata.generation ?? 0,
      release.storageNamespace,
      snapshot.name,
      snapshot.version,
      snapshot.digest,
    ].join("|"),
  };
}
