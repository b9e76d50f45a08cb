import { conditionsOf, type Fields, fields, text } from "./fields.ts";
import { because, type Health, verdict } from "./verdict.ts";

const annotation = "autoscaling.alpha.kubernetes.io/conditions";

const failures: ReadonlySet<string> = new Set([
  "AbleToScale/FailedGetScale",
  "AbleToScale/FailedUpdateScale",
  "ScalingActive/FailedGetResourceMetric",
  "ScalingActive/FailedGetObjectMetric",
  "ScalingActive/FailedGetPodsMetric",
  "ScalingActive/FailedGetExternalMetric",
  "ScalingActive/FailedComputeMetricsReplicas",
  "ScalingActive/InvalidSelector",
]);

/**
 * A HorizontalPodAutoscaler by Argo CD: Degraded when it can't read a metric or the scale, Healthy when it is able to
 * scale. In autoscaling/v1 the conditions are JSON in an annotation; what can't be parsed there is Unknown.
 * Source: argoproj/argo-cd `gitops-engine/pkg/health/health_hpa.go`.
 */
export function judgeAutoscaler(object: Fields): Health {
  let conditions = conditionsOf(object);
  if (object["apiVersion"] === "autoscaling/v1") {
    const written = text(fields(fields(object["metadata"])["annotations"])[annotation]);
    const parsed = written === "" ? [] : parse(written);
    if (parsed === undefined)
      return verdict("Unknown", "InvalidAnnotation", `The annotation ${annotation} is not a JSON list`);
    conditions = parsed;
  }
  for (const entry of conditions) {
    const condition = fields(entry);
    if (failures.has(`${text(condition["type"])}/${text(condition["reason"])}`)) return because("Degraded", condition);
  }
  for (const entry of conditions) {
    const condition = fields(entry);
    const able = condition["type"] === "AbleToScale" || condition["type"] === "ScalingLimited";
    if (able && condition["status"] === "True") return because("Healthy", condition);
  }
  return verdict("Progressing", "", "Waiting to autoscale");
}

function parse(json: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
