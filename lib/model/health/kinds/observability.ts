import type { HealthStatus } from "../../health-status.ts";
import { count, type Fields, fields, text } from "../fields.ts";
import { byConditions, byWord, inWords, type KindRules, onceObserved, readyOrDegraded } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// Metrics, logs and traces: Prometheus, Grafana, VictoriaMetrics, OpenTelemetry, Jaeger, Datadog, Humio, Coralogix.

/** https://prometheus-operator.dev/docs/api-reference/api/: pods that come up are no failure yet. */
const prometheus = byConditions([
  ["Available", "True", "Healthy"],
  ["Available", "*", "Progressing", ["SomePodsNotReady"]],
  ["Available", "*", "Degraded"],
]);

/** https://opentelemetry.io/docs/platforms/kubernetes/operator/: the scale is written as "1/3". */
function judgeCollector(object: Fields): Health {
  const { mode } = fields(object["spec"]);
  const scale = text(fields(fields(object["status"])["scale"])["statusReplicas"]);
  const slash = scale.indexOf("/");
  if (slash < 0)
    return mode === "sidecar" && object["status"] !== undefined
      ? verdict("Healthy", "", "It runs as a sidecar of other Pods")
      : verdict("Progressing", "", "Waiting for its replicas");
  const ready = count(scale.slice(0, slash), -1);
  const want = count(scale.slice(slash + 1), -1);
  const message = `${scale} replicas are ready`;
  if (ready < 0 || want < 0) return verdict("Progressing", "", message);
  if (ready === 0)
    return mode === "daemonset" && want === 0
      ? verdict("Healthy", "NoNodes", "No node is eligible")
      : verdict("Degraded", "NoReplicas", message);
  return verdict(ready === want ? "Healthy" : "Progressing", ready === want ? "" : "LessReady", message);
}

// https://library.humio.com/: a component that it manages in a LogScale cluster may be missing there.
const humio = byWord("status.state", {
  Exists: "Healthy",
  NotFound: "Missing",
  ConfigError: "Degraded",
  Unknown: "Unknown",
});
const humioCluster = byWord("status.state", { Running: "Healthy", ConfigError: "Degraded", Unknown: "Unknown" });

function judgeGrafana(object: Fields): Health {
  const { stage, stageStatus } = fields(object["status"]);
  if (stageStatus === "failed") return verdict("Degraded", "StageFailed", `Failed at stage ${text(stage)}`);
  return stage === "complete" && stageStatus === "success"
    ? verdict("Healthy")
    : verdict("Progressing", "", text(stage) || "Waiting for a status");
}

/** Dashboards and folders name their condition after themselves, so every condition counts. */
function judgeGrafanaContent(object: Fields): Health {
  const conditions = fields(object["status"])["conditions"];
  let good: Fields | undefined;
  for (const entry of Array.isArray(conditions) ? conditions : []) {
    const condition = fields(entry);
    if (condition["status"] === "False")
      return verdict("Degraded", text(condition["reason"]), text(condition["message"]));
    if (condition["status"] === "True") good = condition;
  }
  return good === undefined
    ? verdict("Progressing", "", "Waiting for a status")
    : verdict("Healthy", text(good["reason"]), text(good["message"]));
}

function judgeDatasource(object: Fields): Health {
  const status = fields(object["status"]);
  if (object["status"] === undefined || status["uid"] === "") return verdict("Progressing", "", "Waiting for a status");
  return status["NoMatchingInstances"] === true
    ? verdict("Degraded", "NoMatchingInstances", "No Grafana instance matches")
    : verdict("Healthy");
}

const coralogix = byConditions([
  ["RemoteSynced", "True", "Healthy"],
  ["RemoteSynced", "False", "Degraded"],
]);

export const observabilityRules: Readonly<Record<string, KindRules>> = {
  "monitoring.coreos.com": {
    Prometheus: prometheus,
    PrometheusAgent: prometheus,
    Alertmanager: prometheus,
    ThanosRuler: prometheus,
  },
  "opentelemetry.io": { OpenTelemetryCollector: judgeCollector },
  "jaegertracing.io": { Jaeger: byWord("status.phase", { Running: "Healthy", Failed: "Degraded" }) },
  "datadoghq.com": {
    DatadogMetric: byConditions(
      [
        ["Error", "True", "Degraded"],
        ["Valid", "False", "Degraded"],
      ],
      "Healthy",
    ),
  },
  "core.humio.com": {
    HumioCluster: humioCluster,
    HumioAction: humio,
    HumioAlert: humio,
    HumioIngestToken: humio,
    HumioParser: humio,
    HumioRepository: humio,
    HumioView: humio,
  },
  "coralogix.com": { Alert: coralogix, RecordingRuleGroupSet: coralogix },
  "operator.victoriametrics.com": { "*": onceObserved((object) => victoria(object)) },
  "grafana.integreatly.org": {
    Grafana: judgeGrafana,
    GrafanaDashboard: judgeGrafanaContent,
    GrafanaFolder: judgeGrafanaContent,
    GrafanaDatasource: judgeDatasource,
  },
  "grafana-org-operator.kubitus-project.gitlab.io": { "*": readyOrDegraded },
};

/** https://docs.victoriametrics.com/operator/ */
function victoria(object: Fields): Health {
  const said = text(fields(object["status"])["updateStatus"]);
  const words: Readonly<Record<string, HealthStatus>> = {
    operational: "Healthy",
    paused: "Suspended",
    failed: "Degraded",
  };
  return inWords(Object.hasOwn(words, said) ? (words[said] ?? "Progressing") : "Progressing", said, object);
}
