import type { Application } from "#lib/model/application.ts";
import { findCondition } from "#lib/model/conditions.ts";
import { text } from "#lib/model/health/fields.ts";
import type { DesiredFacts } from "#server/desired/desired-state.ts";
import { parseRevision, revisionStep } from "#lib/model/revision-format.ts";
import { fluxFailure } from "../common/flux-object.ts";
import { sentence, shortMessage } from "../common/message.ts";
import { syncOf } from "../common/row.ts";
import type { HelmReleaseView, Snapshot } from "./kind.ts";

const applyFailures = new Set([
  "InstallFailed",
  "UpgradeFailed",
  "RollbackFailed",
  "UninstallFailed",
  "TestFailed",
  "ValuesError",
  "ArtifactFailed",
  "BuildFailed",
  "RetriesExceeded",
  "MissingRollbackTarget",
]);

/**
 * The release that is in place: what Helm's own records call deployed, since somebody may have rolled it back while the controller looked
 * away (as a hold does); else the newest entry of the controller's history that it calls deployed.
 * @param facts of the deployed record, where it has been decoded: labels tell no chart
 */
export function deployedSnapshot(view: HelmReleaseView, facts?: DesiredFacts): Snapshot | undefined {
  const { history } = view;
  const told = history.find((snapshot) => snapshot.status === "deployed") ?? history[0];
  const record = view.records.find(({ status }) => status === "deployed");
  if (told === undefined || record === undefined || record.version === told.version) return told;
  const known = history.find(({ version }) => version === record.version);
  if (known !== undefined) return { ...known, status: record.status };
  const { tests: _tests, ...rest } = told;
  return {
    ...rest,
    version: record.version,
    status: record.status,
    action: "",
    chartVersion: facts?.chartVersion ?? told.chartVersion,
    appVersion: facts?.appVersion ?? told.appVersion,
    digest: "",
    ociDigest: "",
    lastDeployed: record.createdAt ?? "",
  };
}

/**
 * The Helm revision that is in place although the controller made another one, and does nothing about it at this moment. It would upgrade
 * again at its next reconciliation (helm-controller `internal/action/verify.go`: the release is not the one of its history).
 */
function foreignRevision(view: HelmReleaseView): number | undefined {
  const { history, flux } = view;
  const deployed = deployedSnapshot(view)?.version;
  if (deployed === undefined || history.some(({ version }) => version === deployed)) return undefined;
  return findCondition(flux.conditions, "Reconciling")?.status === "True" ? undefined : deployed;
}

/** What the failed attempt was and what the controller did about it: "upgrade to 2.1.0 failed and was rolled back to 2.0.3: …". */
export function failureWords(view: HelmReleaseView): string | undefined {
  const { flux, history } = view;
  const failure = fluxFailure(flux);
  const remediated = findCondition(flux.conditions, "Remediated");
  const released = findCondition(flux.conditions, "Released");
  if (failure === undefined && remediated?.status !== "True") return undefined;
  const cause = released?.status === "False" ? released : failure;
  const why = cause === undefined ? undefined : helmCause(cause.message ?? cause.reason ?? "");
  const attempted = text(flux.status["lastAttemptedRevision"]);
  if (remediated?.status === "True" && remediated.reason === "RollbackSucceeded") {
    const back = deployedSnapshot(view)?.chartVersion;
    return sentence(
      `upgrade${to(attempted)} failed and was rolled back${to(back === attempted ? "" : (back ?? ""))}`,
      why,
    );
  }
  if (remediated?.status === "True" && remediated.reason === "UninstallSucceeded")
    return sentence(`install${of(attempted)} failed and was uninstalled`, why);
  if (cause?.reason === "InstallFailed") return sentence(`install${of(attempted)} failed`, why);
  if (cause?.reason === "UpgradeFailed") return sentence(`upgrade${to(attempted)} failed`, why);
  if (cause?.reason === "TestFailed")
    return sentence(`tests of ${history[0]?.chartVersion ?? "the release"} failed`, why);
  return why;
}

/** Does the release carry the chart that its source offers now? */
export function syncVerdict(view: HelmReleaseView, facts?: DesiredFacts): Application["sync"] {
  const { flux, source } = view;
  const deployed = deployedSnapshot(view, facts);
  const failure = fluxFailure(flux);
  const remediated = findCondition(flux.conditions, "Remediated")?.status === "True";
  if (remediated || (failure !== undefined && applyFailures.has(failure.reason ?? "")))
    return syncOf("OutOfSync", failure?.reason ?? "Remediated", failureWords(view));
  if (source === undefined) return syncOf("Unknown", "SourceMissing", "it names no chart");
  if (source.revision === undefined) return syncOf("Unknown", source.unavailable?.reason, source.unavailable?.message);
  const offered = offeredVersion(view) ?? source.revision;
  if (deployed === undefined) return syncOf("OutOfSync", "NeverInstalled", `${offered} has never been installed`);
  const foreign = foreignRevision(view);
  if (foreign !== undefined && sameVersion(deployed.chartVersion, offered))
    return syncOf("OutOfSync", "ReleaseChanged", `helm-controller did not make Helm revision ${foreign}`);
  const sameDigest = deployed.ociDigest !== "" && source.revision.endsWith(deployed.ociDigest);
  if (sameDigest || sameVersion(deployed.chartVersion, offered)) return syncOf("Synced");
  return syncOf("OutOfSync", "SourceAhead", revisionStep(deployed.chartVersion, offered));
}

/** The chart version that the source offers: the tag of `1.4.2@sha256:…`, or all of `1.4.2`. */
export function offeredVersion({ source }: HelmReleaseView): string | undefined {
  return source?.revision === undefined ? undefined : parseRevision(source.revision).name;
}

// Charts from OCI and Git carry their digest as build metadata: 1.4.2+5be2d4b9f1d0.
function sameVersion(a: string, b: string): boolean {
  return a === b || a.split("+")[0] === b || a === b.split("+")[0];
}

/** Without the release's name and Helm's wrappings, which the row tells already. */
function helmCause(message: string): string {
  const text = message
    .replace(/^Helm (?:install|upgrade|rollback|uninstall|test) failed for release \S+ with chart \S+:\s*/i, "")
    .replace(/^Failed to \w+ after \d+ attempt\(s\)$/i, (words) => words.toLowerCase());
  return shortMessage(text);
}

function to(version: string): string {
  return version === "" ? "" : ` to ${version}`;
}

function of(version: string): string {
  return version === "" ? "" : ` of ${version}`;
}
