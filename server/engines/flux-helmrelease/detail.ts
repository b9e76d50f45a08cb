import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { count, type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { Facts } from "../common/facts.ts";
import type { ReadContext } from "../engine.ts";
import { askedVersion, chartName, type HelmReleaseView, viewHelmRelease } from "./kind.ts";
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
  const snapshot = deployedSnapshot(view, desired?.facts);
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
    .add("Drift ignored", ignoredDrift(spec))
    .add("Install remediation", remediation(spec, "install"))
    .add("Upgrade remediation", remediation(spec, "upgrade"))
    .add("Tests", testWords(view))
    .add("Failures", failuresOf(status))
    .add("Applies to", flux.remote ? "another cluster (spec.kubeConfig)" : "")
    .add("Deployed", snapshot?.lastDeployed, "time").list;
  const notes = desired?.facts?.notes;
  return { conditions: [...flux.conditions], facts, ...(notes !== undefined && notes !== "" && { notes }) };
}

/** What the controller does when an install or upgrade fails; installs have no strategy but to uninstall. */
function remediation(spec: Fields, action: "install" | "upgrade"): string {
  const settings = fields(fields(spec[action])["remediation"]);
  if (Object.keys(settings).length === 0) return "";
  const retries = count(settings["retries"]);
  const strategy = action === "install" ? "uninstall" : text(settings["strategy"]) || "rollback";
  const last = settings["remediateLastFailure"];
  // By default the last failure is remediated only for upgrades that are retried.
  const remedies = typeof last === "boolean" ? last : action === "upgrade" && retries !== 0;
  const leaves = remedies ? "" : ", leaves the last failure as it is";
  const after = retries < 0 ? "every attempt" : `${retries} ${retries === 1 ? "retry" : "retries"}`;
  return `${strategy} after ${after}${leaves}`;
}

/** `spec.driftDetection.ignore` in short: the paths, and which objects they are for. */
function ignoredDrift(spec: Fields): string {
  return list(fields(spec["driftDetection"])["ignore"])
    .map((rule) => {
      const { paths, target } = fields(rule);
      const { kind, name } = fields(target);
      const whom = [text(kind), text(name)].filter((part) => part !== "").join("/");
      return `${list(paths).map(text).join(", ")}${whom === "" ? "" : ` of ${whom}`}`;
    })
    .join("; ");
}

/** Whether tests are run after each release, and what the newest ones came to. */
function testWords({ flux, history }: HelmReleaseView): string {
  const { enable, ignoreFailures } = fields(flux.spec["test"]);
  const tests = [...(history[0]?.tests ?? [])].map(([name, phase]) => `${name}: ${phase || "not run"}`).join(", ");
  if (enable !== true) return tests;
  return [tests || "run after each release", ...(ignoreFailures === true ? ["failures are ignored"] : [])].join("; ");
}

function failuresOf(status: Fields): string {
  const parts = (["failures", "installFailures", "upgradeFailures"] as const)
    .map((field) => [field, count(status[field])] as const)
    .filter(([, number]) => number > 0);
  const words = { failures: "reconciliations", installFailures: "installs", upgradeFailures: "upgrades" };
  return parts.map(([field, number]) => `${number} ${words[field]}`).join(", ");
}
