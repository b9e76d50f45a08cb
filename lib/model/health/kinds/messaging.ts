import { conditionsOf, count, type Fields, fields, findCondition, text } from "../fields.ts";
import { byConditions, byWord, inWords, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Message brokers and streams: RabbitMQ, Kafka by Strimzi, Confluent and Banzai Cloud, ZooKeeper, Flink.

/** https://www.rabbitmq.com/kubernetes/operator/: Unknown only while the cluster forms. */
function judgeRabbitCluster(object: Fields): Health {
  const conditions = conditionsOf(object);
  const reconciled = findCondition(conditions, "ReconcileSuccess");
  if (reconciled?.["status"] === "False") return because("Degraded", reconciled);
  const available = findCondition(conditions, "ClusterAvailable");
  const replicas = findCondition(conditions, "AllReplicasReady");
  if (available === undefined || replicas === undefined)
    return verdict("Progressing", "", "Waiting for the operator to report a status");
  if (available["status"] !== "True") return because("Progressing", available);
  return because(replicas["status"] === "True" ? "Healthy" : "Progressing", replicas);
}

const topology = byConditions(
  [
    ["Ready", "True", "Healthy", ["SuccessfulCreateOrUpdate"]],
    ["Ready", "False", "Degraded", ["FailedCreateOrUpdate"]],
  ],
  "Unknown",
);

/** https://strimzi.io/docs/operators/latest/: NotReady is a condition of its own; a new cluster is NotReady while Creating. */
function judgeKafka(object: Fields): Health | undefined {
  const notReady = findCondition(conditionsOf(object), "NotReady");
  return notReady?.["status"] === "True" && notReady["reason"] === "Creating"
    ? because("Progressing", notReady)
    : strimzi(object);
}

const strimzi = byConditions([
  ["NotReady", "True", "Degraded"],
  ["Ready", "True", "Healthy"],
]);

const confluent = byWord("status.phase", { RUNNING: "Healthy" });

/** A connector is up when it runs on the cluster and none of its tasks has failed. */
function judgeConnector(object: Fields): Health {
  const status = fields(object["status"]);
  const failed = count(status["failedTasksCount"]);
  if (status["state"] === "ERROR") return inWords("Degraded", "ERROR", object);
  if (failed > 0) return verdict("Degraded", "FailedTasks", `${failed} tasks have failed`);
  return status["state"] === "CREATED" && status["connectorState"] === "RUNNING"
    ? verdict("Healthy")
    : verdict("Progressing", "", "Waiting for the connector to run");
}

/** https://github.com/banzaicloud/koperator: every broker must be in sync and its last resize done. */
function judgeKoperatorCluster(object: Fields): Health {
  const status = fields(object["status"]);
  if (status["state"] === "ClusterRollingUpgrading" || status["brokersState"] === undefined)
    return inWords("Progressing", "ClusterRollingUpgrading", object);
  for (const [id, entry] of Object.entries(fields(status["brokersState"]))) {
    const broker = fields(entry);
    const resize = fields(broker["gracefulActionState"])["cruiseControlState"];
    const settled = resize === "GracefulUpscaleSucceeded" || resize === "GracefulDownscaleSucceeded";
    if (broker["configurationState"] !== "ConfigInSync" || !settled)
      return verdict("Degraded", "BrokerOutOfSync", `Broker ${id} is not in sync`);
  }
  const up = status["cruiseControlTopicStatus"] === "CruiseControlTopicReady" && status["state"] === "ClusterRunning";
  return verdict(up ? "Healthy" : "Progressing");
}

function judgeZookeeper(object: Fields): Health {
  const { readyReplicas, replicas } = fields(object["status"]);
  if (count(readyReplicas) !== 0 && readyReplicas === replicas) return verdict("Healthy");
  return verdict("Progressing", "LessReady", `${count(readyReplicas)} of ${count(replicas)} replicas are ready`);
}

/** https://nightlies.apache.org/flink/flink-kubernetes-operator-docs-main/ */
function judgeFlink(object: Fields): Health {
  const status = fields(object["status"]);
  const reconciled = fields(status["reconciliationStatus"]);
  if (reconciled["success"] === true || reconciled["state"] === "DEPLOYED") return verdict("Healthy");
  const manager = status["jobManagerDeploymentStatus"];
  return inWords(
    manager === "ERROR" && status["reconciliationStatus"] !== undefined ? "Degraded" : "Progressing",
    text(manager) || "DEPLOYING",
    object,
  );
}

export const messagingRules: Readonly<Record<string, KindRules>> = {
  "rabbitmq.com": {
    RabbitmqCluster: judgeRabbitCluster,
    Binding: topology,
    Exchange: topology,
    Permission: topology,
    Policy: topology,
    Queue: topology,
    Shovel: topology,
    User: topology,
    Vhost: topology,
  },
  "kafka.strimzi.io": {
    Kafka: judgeKafka,
    KafkaBridge: strimzi,
    KafkaConnect: strimzi,
    KafkaConnector: strimzi,
    KafkaMirrorMaker2: strimzi,
    KafkaTopic: strimzi,
    KafkaUser: strimzi,
  },
  "platform.confluent.io": {
    Connector: judgeConnector,
    Connect: confluent,
    ControlCenter: confluent,
    Kafka: confluent,
    KsqlDB: confluent,
    SchemaRegistry: confluent,
    Zookeeper: confluent,
  },
  "kafka.banzaicloud.io": { KafkaCluster: judgeKoperatorCluster },
  "zookeeper.pravega.io": { ZookeeperCluster: judgeZookeeper },
  "flink.apache.org": { FlinkDeployment: judgeFlink },
};
