import { conditionsOf, fields, findCondition, text } from "../fields.ts";
import { inWords, type KindRule, type KindRules } from "../rules.ts";
import { because, verdict, waiting } from "../verdict.ts";

// Numaflow and Numaplane

/** https://numaflow.numaproj.io/core-concepts/: the phase, unless a condition is False or a progressive upgrade failed. */
const judgeNumaflow: KindRule = (object) => {
  const status = fields(object["status"]);
  const metadata = fields(object["metadata"]);
  if (object["status"] === undefined || metadata["generation"] !== status["observedGeneration"])
    return verdict("Progressing", "GenerationNotObserved", waiting);
  const phase = text(status["phase"]);
  if (phase === "Failed") return inWords("Degraded", phase, object);
  if (fields(metadata["labels"])["numaplane.numaproj.io/progressive-result-state"] === "failed")
    return verdict("Degraded", "ProgressiveUpgradeFailed");
  for (const entry of conditionsOf(object)) {
    const condition = fields(entry);
    if (condition["status"] === "False") return because("Degraded", condition);
  }
  const up =
    phase === "Running" || ((phase === "Paused" || phase === "Pausing") && object["kind"] !== "InterStepBufferService");
  return inWords(up ? "Healthy" : "Progressing", phase, object);
};

/** https://numaproj.github.io/numaplane/: the health of the children, once the upgrade is through. */
const judgeNumaplane: KindRule = (object) => {
  const status = fields(object["status"]);
  const conditions = conditionsOf(object);
  if (object["status"] === undefined || fields(object["metadata"])["generation"] !== status["observedGeneration"])
    return verdict("Progressing", "GenerationNotObserved", waiting);
  const upgrade = findCondition(conditions, "ProgressiveUpgradeSucceeded");
  const upgradeFailed = upgrade?.["status"] === "False";
  if ((text(status["upgradeInProgress"]) !== "" || status["phase"] === "Pending") && !upgradeFailed)
    return verdict("Progressing", "Upgrading", text(status["message"]));
  const children = findCondition(conditions, "ChildResourcesHealthy");
  const unhealthy = children?.["status"] === "False";
  if (unhealthy && children["reason"] === "Progressing") return because("Progressing", children);
  if (status["phase"] === "Failed") return inWords("Degraded", "Failed", object);
  if (upgradeFailed) return because("Degraded", upgrade);
  if (unhealthy && (text(children["reason"]).endsWith("Failed") || object["kind"] === "NumaflowControllerRollout"))
    return because("Degraded", children);
  const paused =
    findCondition(conditions, "PipelinePausingOrPaused") ?? findCondition(conditions, "MonoVertexPausingOrPaused");
  if (paused?.["status"] === "True") return because("Healthy", paused);
  return because(children?.["status"] === "True" ? "Healthy" : "Unknown", children);
};

export const numaprojRules: Readonly<Record<string, KindRules>> = {
  "numaflow.numaproj.io": {
    InterStepBufferService: judgeNumaflow,
    MonoVertex: judgeNumaflow,
    Pipeline: judgeNumaflow,
    Vertex: judgeNumaflow,
  },
  "numaplane.numaproj.io": {
    ISBServiceRollout: judgeNumaplane,
    MonoVertexRollout: judgeNumaplane,
    NumaflowControllerRollout: judgeNumaplane,
    PipelineRollout: judgeNumaplane,
  },
};
