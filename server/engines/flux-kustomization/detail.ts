import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { Facts } from "../common/facts.ts";
import type { ReadContext } from "../engine.ts";
import { viewKustomization } from "./kind.ts";

/** Conditions and facts of a Kustomization. */
export function kustomizationDetail(
  unit: ApplicationRef,
  { store }: ReadContext,
): Pick<ApplicationDetail, "conditions" | "facts"> {
  const view = viewKustomization(unit, store);
  if (view === undefined) return { conditions: [], facts: [] };
  const { flux, source } = view;
  const { spec, status } = flux;
  const facts = new Facts()
    .add("Source", source === undefined ? "" : `${source.ref.kind} ${source.ref.namespace}/${source.ref.name}`)
    .add("Source revision", source?.revision, "revision")
    .add("Applied revision", view.appliedRevision, "revision")
    .add(
      "Attempted revision",
      view.attemptedRevision === view.appliedRevision ? undefined : view.attemptedRevision,
      "revision",
    )
    .add("Origin revision", text(status["lastAppliedOriginRevision"]), "revision")
    .add("Path", text(spec["path"]) || "./")
    .add("Interval", text(spec["interval"]), "duration")
    .add("Retry interval", text(spec["retryInterval"]), "duration")
    .add("Timeout", text(spec["timeout"]), "duration")
    .add("Prune", spec["prune"] === true ? "yes" : "no: what leaves the source stays in the cluster")
    .add("Wait", spec["wait"] === true ? "for every resource" : "")
    .add("Force", spec["force"] === true ? "recreates what can't be changed" : "")
    .add("Target namespace", text(spec["targetNamespace"]))
    .add("Service account", text(spec["serviceAccountName"]))
    .add(
      "Depends on",
      list(spec["dependsOn"])
        .map((entry) => qualified(entry, unit.namespace))
        .join(", "),
    )
    .add(
      "Health checks",
      list(spec["healthChecks"])
        .map((entry) => `${text(fields(entry)["kind"])} ${qualified(entry, unit.namespace)}`)
        .join(", "),
    )
    .add(
      "Substitutes from",
      list(fields(spec["postBuild"])["substituteFrom"])
        .map((entry) => `${text(fields(entry)["kind"])} ${text(fields(entry)["name"])}`)
        .join(", "),
    )
    .add("Decryption", text(fields(spec["decryption"])["provider"]))
    .add("Applies to", flux.remote ? "another cluster (spec.kubeConfig)" : "");
  const last = fields(list(status["history"])[0]);
  facts
    .add("Last reconciled", text(last["lastReconciled"]), "time")
    .add("Took", text(last["lastReconciledDuration"]), "duration");
  return { conditions: [...flux.conditions], facts: facts.list };
}

function qualified(entry: unknown, namespace: string): string {
  const { namespace: other, name } = fields(entry);
  return text(other) === "" || text(other) === namespace ? text(name) : `${text(other)}/${text(name)}`;
}
