import type { Application, Reason } from "#lib/model/application.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import type { Reading } from "#server/engines/engine.ts";

/**
 * The row with Driftglass's drift verdict merged in. An engine's own verdict (Argo CD) stays, and gains the first differing field; all others
 * have none of their own.
 *
 * @param verdict what the drift tracker found; undefined before the first comparison.
 */
export function withDrift(reading: Reading, verdict: DriftVerdict | undefined): Application {
  const { application } = reading;
  if (engineDecides(application, verdict)) {
    if (application.drift.status !== "Drifted" || verdict?.status !== "Drifted") return application;
    const drift = { ...application.drift, ...(verdict.top && { top: verdict.top }) };
    return { ...application, drift, reasons: withReason(application.reasons, verdict) };
  }
  if (!verdict) {
    if (reading.desiredMissing === undefined) return application;
    return { ...application, drift: { ...application.drift, message: reading.desiredMissing } };
  }
  const drift: Application["drift"] = {
    status: verdict.status,
    count: verdict.count,
    checkedAt: verdict.checkedAt,
    ...(verdict.exactness && { exactness: verdict.exactness }),
    ...(verdict.message !== undefined && { message: verdict.message }),
    ...(verdict.top && { top: verdict.top }),
  };
  return { ...application, drift, reasons: withReason(application.reasons, verdict) };
}

/**
 * Argo CD's own verdict counts, because only it knows the desired manifests. helm-controller's `Drifted` condition is as old as its last
 * reconciliation: it counts until there is a comparison with what is live now.
 */
function engineDecides(application: Application, verdict: DriftVerdict | undefined): boolean {
  if (application.drift.exactness !== "engine" || application.drift.status === "Unknown") return false;
  return application.engine === "argocd" || verdict === undefined || verdict.status === "Unknown";
}

function withReason(reasons: Application["reasons"], verdict: DriftVerdict): Application["reasons"] {
  const reason = driftReason(verdict);
  return reason ? [...reasons, reason] : reasons;
}

/** "Deployment/backend: spec.replicas 3 → 5 by kubectl, and 1 more object". */
function driftReason(verdict: DriftVerdict): Reason | undefined {
  if (verdict.status !== "Drifted") return undefined;
  const more = verdict.count > 1 ? `, and ${verdict.count - 1} more ${verdict.count === 2 ? "object" : "objects"}` : "";
  const { top } = verdict;
  if (top) {
    const by = top.manager === undefined ? "" : ` by ${top.manager}`;
    const values = `${top.from ?? "(none)"} → ${top.to ?? "(none)"}`;
    return { about: "drift", text: `${formatRef(top.ref)}: ${top.path} ${values}${by}${more}`, ref: top.ref };
  }
  const first = [...verdict.objects.values()].find(({ change }) => change !== "unchanged");
  if (!first) return undefined;
  const what =
    first.change === "removed" ? "was deleted" : first.change === "added" ? "is not desired any more" : "differs";
  return { about: "drift", text: `${formatRef(first.ref)} ${what}${more}`, ref: first.ref };
}
