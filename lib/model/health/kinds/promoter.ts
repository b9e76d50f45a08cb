import { at, conditionsOf, type Fields, fields, list, text } from "../fields.ts";
import type { KindRule, KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// GitOps Promoter: https://gitops-promoter.readthedocs.io/en/latest/crd-specs/. Every kind sums itself up in Ready and
// counts only once that is of the current generation; some then say more in their status.

const waiting = "Waiting for the promoter to report a status";

function promoted(judgeReconciled: KindRule, summaries: ReadonlySet<unknown> = new Set(["Ready"])): KindRule {
  return (object) => {
    const generation = fields(object["metadata"])["generation"];
    let found = false;
    for (const entry of conditionsOf(object)) {
      const condition = fields(entry);
      if (!summaries.has(condition["type"])) continue;
      found = true;
      const observed = condition["observedGeneration"];
      // Unset numbers reach the API server as 0 only where the condition was written by hand.
      const known = typeof observed === "number" && typeof generation === "number";
      if (known && observed !== generation)
        return verdict("Progressing", "GenerationNotObserved", "The promoter has not seen the new spec yet");
      if (condition["status"] === "False") return because("Degraded", condition);
      if (condition["status"] === "Unknown" && summaries.size === 1) return because("Progressing", condition);
    }
    return found ? judgeReconciled(object) : verdict("Progressing", "", waiting);
  };
}

const healthy: KindRule = () => verdict("Healthy");

function judgeSelection(object: Fields): Health {
  const selected = list(fields(object["status"])["applicationsSelected"]).length;
  return selected === 0
    ? verdict("Degraded", "NoApplications", "No application matches the selector")
    : verdict("Healthy", "", `${selected} applications are tracked`);
}

/** Each environment is validated by itself; one failure fails the whole, and a phase that isn't known yet is pending. */
function judgeEnvironments(object: Fields): Health {
  let pending = "";
  for (const entry of list(fields(object["status"])["environments"])) {
    const environment = fields(entry);
    const branch = text(environment["branch"]) || "?";
    if (environment["phase"] === "failure") return verdict("Degraded", "EnvironmentFailed", `${branch} has failed`);
    if (environment["phase"] !== "success" && pending === "") pending = branch;
  }
  return pending === "" ? verdict("Healthy") : verdict("Progressing", "EnvironmentPending", `${pending} is pending`);
}

const short = (commit: string): string => commit.slice(0, 7);
const dryCommit = (side: unknown): string => text(at(side, ["dry", "sha"]));

function judgeTransfer(object: Fields): Health {
  const status = fields(object["status"]);
  const active = dryCommit(status["active"]);
  const proposed = dryCommit(status["proposed"]);
  if (active === "" || proposed === "")
    return verdict("Progressing", "NoCommit", `The ${active === "" ? "active" : "proposed"} commit is not known yet`);
  if (active !== proposed) return verdict("Progressing", "Promoting", `From ${short(active)} to ${short(proposed)}`);
  return verdict("Healthy", "", `At ${short(active)}`);
}

function judgeStrategy(object: Fields): Health {
  const environments = list(fields(object["status"])["environments"]);
  if (environments.length === 0) return verdict("Degraded", "NoEnvironments", "The strategy has no environments");
  const proposed = proposedCommit(environments[0]);
  for (const entry of environments) {
    const environment = fields(entry);
    const missing =
      dryCommit(environment["active"]) === "" ? "active" : proposedCommit(environment) === "" ? "proposed" : undefined;
    if (missing !== undefined)
      return verdict(
        "Progressing",
        "NoCommit",
        `The ${missing} commit of ${text(environment["branch"])} is not known yet`,
      );
    if (proposedCommit(environment) !== proposed)
      return verdict("Progressing", "Hydrating", "The environments do not propose the same commit yet");
  }
  for (const entry of environments) {
    const environment = fields(entry);
    const from = dryCommit(environment["active"]);
    const to = dryCommit(environment["proposed"]);
    if (from !== to)
      return verdict("Progressing", "Promoting", `${text(environment["branch"])}: from ${short(from)} to ${short(to)}`);
  }
  return verdict("Healthy", "", `All environments are at ${short(dryCommit(fields(environments[0])["active"]))}`);
}

/** The hydrator's note outranks the commit's own metadata: a hydration without changes moves only the note. */
function proposedCommit(environment: unknown): string {
  return text(at(environment, ["proposed", "note", "drySha"])) || dryCommit(at(environment, ["proposed"]));
}

export const promoterRules: Readonly<Record<string, KindRules>> = {
  "promoter.argoproj.io": {
    ArgoCDCommitStatus: promoted(judgeSelection),
    ChangeTransferPolicy: promoted(judgeTransfer),
    ClusterScmProvider: promoted(healthy),
    CommitStatus: promoted(healthy),
    GitCommitStatus: promoted(judgeEnvironments),
    GitRepository: promoted(healthy),
    PromotionStrategy: promoted(judgeStrategy),
    PullRequest: promoted(healthy, new Set(["Ready", "Reconciled"])),
    ScmProvider: promoted(healthy),
    TimedCommitStatus: promoted(judgeEnvironments),
    WebRequestCommitStatus: promoted(judgeEnvironments),
  },
};
