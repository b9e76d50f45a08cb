import { type EcosystemKind, said, states, word } from "./case.ts";

/** Metrics, logs and traces. */
export const observability: readonly EcosystemKind[] = [
  states(
    "enterprise.splunk.com/v4",
    "Standalone",
    "https://splunk.github.io/splunk-operator/",
    ["Healthy", word("phase", "Ready")],
    ["Progressing", word("phase", "ScalingUp")],
    ["Degraded", word("phase", "Error")],
  ),
  states(
    "dynatrace.com/v1beta5",
    "DynaKube",
    "https://docs.dynatrace.com/docs/ingest-from/setup-on-k8s/reference/dynakube-parameters",
    ["Healthy", word("phase", "Running")],
    ["Progressing", word("phase", "Deploying")],
    ["Degraded", word("phase", "Error")],
  ),
  states(
    "datadoghq.com/v1alpha1",
    "DatadogMonitor",
    "https://docs.datadoghq.com/containers/datadog_operator/",
    ["Healthy", said("Created=True Active=True", { monitorState: "Alert" })],
    ["Degraded", said("Created=False Error=True:400")],
  ),
  states("monitoring.coreos.com/v1", "ServiceMonitor", "https://prometheus-operator.dev/docs/api-reference/api/", [
    "Healthy",
    undefined,
    { selector: {} },
  ]),
  states(
    "loki.grafana.com/v1",
    "LokiStack",
    "https://loki-operator.dev/docs/api.md/#loki-grafana-com-v1-LokiStackConditionType",
    ["Healthy", said("Ready=True:ReadyComponents Pending=False Degraded=False Failed=False")],
    ["Progressing", said("Pending=True:PendingComponents Ready=False")],
    ["Degraded", said("Degraded=True:MissingObjectStorageSecret Ready=False")],
    ["Degraded", said("Failed=True:FailedComponents Ready=False")],
  ),
  states(
    "tempo.grafana.com/v1alpha1",
    "TempoStack",
    "https://grafana.com/docs/tempo/latest/setup/operator/",
    ["Healthy", said("Ready=True:Ready Pending=False Failed=False")],
    ["Progressing", said("Pending=True:PendingComponents Ready=False")],
    ["Degraded", said("ConfigurationError=True:InvalidStorageConfig Ready=False")],
  ),
  states(
    "logging.banzaicloud.io/v1beta1",
    "Flow",
    "https://kube-logging.dev/docs/configuration/crds/v1beta1/flow_types/",
    ["Healthy", { active: true }],
    ["Degraded", { active: true, problems: ["dangling local output reference: s3"], problemsCount: 1 }],
    ["Suspended", { active: false }],
  ),
  states(
    "logging.banzaicloud.io/v1beta1",
    "Output",
    "https://kube-logging.dev/docs/configuration/crds/v1beta1/output_types/",
    ["Healthy", { active: true }],
    ["Degraded", { active: true, problems: ["secret not found"] }],
  ),
  states(
    "monitoring.googleapis.com/v1",
    "PodMonitoring",
    "https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md",
    ["Healthy", said("ConfigurationCreateSuccess=True")],
    ["Degraded", said("ConfigurationCreateSuccess=False:ScrapeConfigError")],
  ),
];
