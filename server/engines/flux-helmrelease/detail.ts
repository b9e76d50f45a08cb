import type { ApplicationDetail } from "#lib/api/contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { count, fields, list, text } from "#lib/model/health/fields.ts";
import { Facts } from "../common/facts.ts";
import type { ReadContext } from "../engine.ts";
import { askedVersion, chartName, viewHelmRelease } from "./kind.ts";
import { deployedSnapshot } from "./sync.ts";

/** Conditions, facts and notes of a HelmRelease. */
export function helmReleaseDetail(
  unit: ApplicationRef,
  { store, desired }: ReadContext,
): Pick<ApplicationDetail, "conditions" | "facts" | "notes"> {
  const view = viewHelmRelease(unit, store);
  if (view === undefined) return { conditions: [], facts: [] };
  const { flux, release, repository, source } = view;
  const { spec, status } = flux;
  const snapshot = deployedSnapshot(view);
  const carrier = repository ?? source;
  const facts = new Facts()
    .add("Chart", chartName(view))
    .add("Chart version", snapshot?.chartVersion)
    .add("Wanted version", askedVersion(view))
    .add("App version", snapshot?.appVersion)
    .add("Helm revision", snapshot === undefined ? undefined : String(snapshot.version))
    .add("Release", `${release.storageNamespace}/${release.name}`)
    .add("Source", carrier === undefined ? "" : `${carrier.ref.kind} ${carrier.ref.namespace}/${carrier.ref.name}`)
    .add("Source revision", source?.revision, "revision")
    .add("Attempted version", text(status["lastAttemptedRevision"]))
    .add("Last action", text(status["lastAttemptedReleaseAction"]))
    .add("Interval", text(spec["interval"]), "duration")
    .add("Timeout", text(spec["timeout"]), "duration")
    .add("Target namespace", text(spec["targetNamespace"]))
    .add("Service account", text(spec["serviceAccountName"]))
    .add(
      "Depends on",
      list(spec["dependsOn"])
        .map((entry) => text(fields(entry)["name"]))
        .join(", "),
    )
    .add(
      "Values from",
      list(spec["valuesFrom"])
        .map((entry) => `${text(fields(entry)["kind"])} ${text(fields(entry)["name"])}`)
        .join(", "),
    )
    .add("Drift detection", text(fields(spec["driftDetection"])["mode"]))
    .add("Upgrade remediation", remediation(spec))
    .add("Failures", failuresOf(status))
    .add("Applies to", flux.remote ? "another cluster (spec.kubeConfig)" : "")
    .add("Deployed", snapshot?.lastDeployed, "time").list;
  const notes = desired?.facts?.notes;
  return { conditions: [...flux.conditions], facts, ...(notes !== undefined && notes !== "" && { notes }) };
}

function remediation(spec: Readonly<Record<string, unknown>>): string {
  const upgrade = fields(fields(spec["upgrade"])["remediation"]);
  const retries = count(upgrade["retries"]);
  const strategy = text(upgrade["strategy"]) || "rollback";
  return Object.keys(upgrade).length === 0
    ? ""
    : `${strategy} after ${retries < 0 ? "every attempt" : `${retries} ${retries === 1 ? "retry" : "retries"}`}`;
}

function failuresOf(status: Readonly<Record<string, unknown>>): string {
  const parts = (["failures", "installFailures", "upgradeFailures"] as const)
    .map((field) => [field, count(status[field])] as const)
    .filter(([, number]) => number > 0);
  const words = { failures: "reconciliations", installFailures: "installs", upgradeFailures: "upgrades" };
  return parts.map(([field, number]) => `${number} ${words[field]}`).join(", ");
}
