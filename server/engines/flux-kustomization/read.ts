import type { Application, ApplicationRef, Reason } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { revisionStep, sameRevision, shortRevision } from "#lib/model/revision-format.ts";
import type { StoreReader } from "#server/kube/store.ts";
import {
  dependencyReasons,
  fluxConditionHealth,
  fluxFailure,
  fluxInventory,
  fluxOperation,
  waitingWords,
  withResources,
} from "../common/flux-object.ts";
import { describeSource, sourceReasons } from "../common/flux-source.ts";
import { holdWords, readHold } from "../common/hold.ts";
import { sentence, shortMessage } from "../common/message.ts";
import { isPinned, pinOf } from "../common/source-pin.ts";
import { identityOf, reasonsOf, syncOf, unjudgedDrift } from "../common/row.ts";
import type { ReadContext, Reading } from "../engine.ts";
import { managedBy } from "../managed-by.ts";
import { rollUp } from "../roll-up.ts";
import { dependencyKey, type KustomizationView, substitutionKeys, viewKustomization } from "./kind.ts";

/** Reads one Kustomization: its row, inventory and what its desired state depends on. */
export function readKustomization(unit: ApplicationRef, { cluster, store }: ReadContext): Reading | undefined {
  const view = viewKustomization(unit, store);
  if (view === undefined) return undefined;
  const { flux, source } = view;
  const inventory = fluxInventory(flux) ?? [];
  const sum = rollUp(inventory, store, { source: "kstatus" });
  const health = withResources(fluxConditionHealth(flux, waitingWords), sum, flux);
  const sync = syncVerdict(view);
  const hold = readHold(flux.stored.object);
  const operation = fluxOperation(flux);
  const owner = managedBy(flux.stored, store);
  const deployedAt = lastDeployedAt(view);
  const path = text(flux.spec["path"]);
  return {
    application: {
      ...identityOf(unit, cluster, flux.stored),
      health,
      sync,
      drift: unjudgedDrift(flux.remote ? "its resources live in another cluster" : undefined),
      suspended: flux.suspended,
      revision: {
        ...(view.presentRevision !== undefined && { applied: view.presentRevision }),
        ...(source?.revision !== undefined && { desired: source.revision }),
        ...(view.attemptedRevision !== undefined && { attempted: view.attemptedRevision }),
      },
      sources: source === undefined ? [] : [{ ...describeSource(source), ...(path !== "" && { path }) }],
      resources: sum.counts,
      reasons: reasonsOf(health, sync, furtherReasons(view, store), sum),
      ...(operation !== undefined && { operation }),
      ...(hold !== undefined && { hold }),
      ...(owner !== undefined && { managedBy: owner }),
      ...(deployedAt !== undefined && { lastDeployedAt: deployedAt }),
    },
    inventory,
    dependsOn: [
      ...(source === undefined ? [] : [source.key]),
      ...list(flux.spec["dependsOn"]).map((entry) => dependencyKey(fields(entry), unit.namespace)),
      ...substitutionKeys(view),
    ],
    ...desired(view, store),
  };
}

/** Is what the source says what was applied? */
function syncVerdict(view: KustomizationView): Application["sync"] {
  const { flux, source, appliedRevision, attemptedRevision } = view;
  const failure = fluxFailure(flux);
  const failed =
    failure === undefined
      ? undefined
      : `the last attempt failed: ${shortMessage(failure.message ?? failure.reason ?? "not ready")}`;
  if (source === undefined) return syncOf("Unknown", "SourceMissing", "it names no source");
  if (source.revision === undefined) return syncOf("Unknown", source.unavailable?.reason, source.unavailable?.message);
  if (
    failure?.reason === "HealthCheckFailed" &&
    (appliedRevision === undefined || attemptedRevision !== appliedRevision)
  ) {
    const tried = attemptedRevision === undefined ? "the newest revision" : shortRevision(attemptedRevision);
    return syncOf(
      "OutOfSync",
      failure.reason,
      `${tried} was applied and is ${shortMessage(failure.message ?? "not healthy")}`,
    );
  }
  if (flux.ready?.status === "Unknown" && attemptedRevision !== undefined && attemptedRevision !== appliedRevision) {
    return syncOf("OutOfSync", "Progressing", `${shortRevision(attemptedRevision)} is being applied`);
  }
  if (appliedRevision === undefined) {
    return syncOf(
      "OutOfSync",
      "NeverApplied",
      sentence(`${shortRevision(source.revision)} has never been applied`, failed),
    );
  }
  if (!sameRevision(appliedRevision, source.revision)) {
    const triedIt =
      attemptedRevision !== undefined && sameRevision(attemptedRevision, source.revision) && failed !== undefined;
    return syncOf(
      "OutOfSync",
      triedIt ? failure?.reason : "SourceAhead",
      sentence(revisionStep(appliedRevision, source.revision), triedIt ? failed : undefined),
    );
  }
  // Unhealthy resources are a matter of health: what the source says has been applied.
  if (failure !== undefined && failure.reason !== "HealthCheckFailed")
    return syncOf("OutOfSync", failure.reason, failed);
  return syncOf("Synced");
}

function furtherReasons(view: KustomizationView, store: StoreReader): Reason[] {
  const { flux, unit, source } = view;
  const reasons = [
    ...holdReasons(view),
    ...dependencyReasons(flux, store, (entry) => dependencyKey(entry, unit.namespace)),
    ...sourceReasons(source, unit),
  ];
  if (flux.remote)
    reasons.push({ about: "health", text: "its resources live in another cluster and can't be seen here" });
  return reasons;
}

/** What is being held, and whether the source still keeps it: whoever takes the pin away ends the hold in fact. */
function holdReasons({ flux, source }: KustomizationView): Reason[] {
  const hold = readHold(flux.stored.object);
  if (hold === undefined) return [];
  const pin = source && pinOf(source.ref.kind, hold.revision);
  const lost = source?.object !== undefined && (pin === undefined || !isPinned(source.object.object, pin));
  const end = lost
    ? `, but ${formatRef(source.ref)} is not pinned to it any more: release the hold, or roll back again`
    : hold.from === undefined
      ? ""
      : `; it was at ${shortRevision(hold.from)}`;
  return [{ about: "hold", text: `${holdWords(hold)}${end}`, ...(source !== undefined && { ref: source.ref }) }];
}

/** When the revision that is applied now was applied first; later reconciliations of the same build change nothing. */
function lastDeployedAt({ flux }: KustomizationView): string | undefined {
  return text(fields(list(flux.status["history"])[0])["firstReconciled"]) || undefined;
}

function desired(view: KustomizationView, store: StoreReader): Pick<Reading, "desiredKey" | "desiredMissing"> {
  const { flux, source, presentRevision } = view;
  if (flux.remote) return { desiredMissing: "its resources live in another cluster" };
  if (presentRevision === undefined) return { desiredMissing: "nothing has been applied yet" };
  if (source?.revision === undefined) return { desiredMissing: source?.unavailable?.message ?? "it names no source" };
  const { metadata } = flux.stored.object;
  const inputs = substitutionKeys(view).map((key) => {
    const input = store.get(key);
    return input === undefined ? "-" : `${input.uid}@${input.resourceVersion}`;
  });
  // A source that has moved on no longer offers what was applied: loading must find that out anew.
  return {
    desiredKey: [
      flux.stored.uid,
      metadata.generation ?? 0,
      presentRevision,
      source.digest ?? source.revision,
      ...inputs,
    ].join("|"),
  };
}
