import type { HealthStatus } from "../../health-status.ts";
import { conditionsOf, count, type Fields, fields, findCondition, list, text } from "../fields.ts";
import { byConditions, byWord, type KindRule, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Databases: MariaDB, PostgreSQL, Percona, ClickHouse, Solr, Cassandra, and schema migrations by Atlas.

const waiting = verdict("Progressing", "", "Waiting for the operator to report a status");

/** https://mariadb-operator.github.io/mariadb-operator/: all conditions must hold; one that does not is work, unless it failed. */
function mariadb(failed: (condition: Fields) => boolean): KindRule {
  return (object) => {
    const conditions = conditionsOf(object);
    for (const entry of conditions) {
      const condition = fields(entry);
      if (condition["status"] === "False") return because(failed(condition) ? "Degraded" : "Progressing", condition);
    }
    return fields(object["status"])["conditions"] === undefined
      ? waiting
      : because("Healthy", fields(conditions.at(-1)));
  };
}

const mariadbServer = mariadb((condition) => condition["reason"] === "Failed");
const mariadbObject = byConditions([
  ["Ready", "True", "Healthy"],
  ["Ready", "*", "Degraded"],
]);

/** The reason tells how the job ended, whichever condition carries it. */
function judgeSqlJob(object: Fields): Health {
  let last: Fields | undefined;
  for (const entry of conditionsOf(object)) {
    last = fields(entry);
    if (last["status"] !== "True") continue;
    if (last["reason"] === "JobComplete") return because("Healthy", last);
    if (last["reason"] === "JobFailed") return because("Degraded", last);
  }
  return last === undefined ? waiting : because("Progressing", last);
}

// https://github.com/cloudnative-pg/cloudnative-pg/blob/main/api/v1/cluster_types.go: the phases are sentences. What each
// means is Argo CD's reading (argoproj/argo-cd resource_customizations/postgresql.cnpg.io).
const cnpgPhases = new Map<string, HealthStatus>([
  ["Cluster in healthy state", "Healthy"],
  ["Setting up primary", "Progressing"],
  ["Creating a new replica", "Progressing"],
  ["Upgrading cluster", "Progressing"],
  ["Waiting for the instances to become active", "Progressing"],
  ["Promoting to primary cluster", "Progressing"],
  ["Switchover in progress", "Degraded"],
  ["Failing over", "Degraded"],
  ["Upgrading Postgres major version", "Degraded"],
  ["Cluster upgrade delayed", "Degraded"],
  ["Waiting for user action", "Degraded"],
  ["Primary instance is being restarted in-place", "Degraded"],
  ["Primary instance is being restarted without a switchover", "Degraded"],
  ["Cluster cannot execute instance online upgrade due to missing architecture binary", "Degraded"],
  ["Online upgrade in progress", "Degraded"],
  ["Applying configuration", "Degraded"],
  ["Unable to create required cluster objects", "Suspended"],
  ["Cluster cannot proceed to reconciliation due to an unknown plugin being required", "Suspended"],
  ["Cluster has incomplete or invalid image catalog", "Suspended"],
  ["Cluster is unrecoverable and needs manual intervention", "Suspended"],
]);

function judgeCnpgCluster(object: Fields): Health {
  const annotations = fields(fields(object["metadata"])["annotations"]);
  if (annotations["cnpg.io/reconciliationLoop"] === "disabled") return verdict("Suspended", "ReconciliationDisabled");
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return waiting;
  const hibernation = findCondition(conditions, "cnpg.io/hibernation");
  if (hibernation !== undefined)
    return because(hibernation["status"] === "True" ? "Suspended" : "Degraded", hibernation);
  const status = fields(object["status"]);
  const phase = text(status["phase"]);
  return verdict(cnpgPhases.get(phase) ?? "Unknown", "", text(status["phaseReason"]) || phase);
}

/** https://clickhouse.com/docs/clickhouse-operator and Altinity's: one word; what is neither done nor under way has failed. */
const clickhouse = byWord(
  "status.status",
  { Completed: "Healthy", InProgress: "Progressing" },
  { otherwise: "Degraded" },
);

function judgeSolr(object: Fields): Health {
  const nodes = fields(object["status"])["solrNodes"];
  if (nodes === undefined) return waiting;
  for (const entry of list(nodes)) {
    const node = fields(entry);
    if (node["ready"] !== true) return verdict("Progressing", "NodeNotReady", `${text(node["name"])} is not ready`);
  }
  return verdict("Healthy");
}

function judgeCassandra(object: Fields): Health {
  const racks = fields(object["status"])["racks"];
  if (racks === undefined) return waiting;
  for (const [name, entry] of Object.entries(fields(racks))) {
    const { members, readyMembers } = fields(entry);
    if (members !== readyMembers)
      return verdict(
        "Progressing",
        "LessReady",
        `Rack ${name}: ${count(readyMembers)} of ${count(members)} members are ready`,
      );
  }
  return verdict("Healthy");
}

/** https://atlasgo.io/integrations/kubernetes/operator: while it works, Ready is False with a word for the work. */
function atlas(field: "reason" | "message", works: readonly string[]): KindRule {
  return (object) => {
    const ready = findCondition(conditionsOf(object), "Ready");
    if (ready === undefined) return waiting;
    if (ready["status"] === "True") return because("Healthy", ready);
    return because(works.includes(text(ready[field])) ? "Progressing" : "Degraded", ready);
  };
}

export const databaseRules: Readonly<Record<string, KindRules>> = {
  "k8s.mariadb.com": {
    MariaDB: mariadbServer,
    Backup: mariadb((condition) => condition["reason"] === "CronJobScheduled" && condition["message"] === "Failed"),
    SqlJob: judgeSqlJob,
    Database: mariadbObject,
    Grant: mariadbObject,
    User: mariadbObject,
  },
  "mariadb.mmontes.io": { MariaDB: mariadbServer },
  "postgresql.cnpg.io": { Cluster: judgeCnpgCluster },
  "acid.zalan.do": {
    postgresql: byWord(
      "status.PostgresClusterStatus",
      { Running: "Healthy", Creating: "Progressing", Updating: "Progressing" },
      { otherwise: "Degraded" },
    ),
  },
  "psmdb.percona.com": {
    PerconaServerMongoDB: byWord(
      "status.state",
      {
        initializing: "Progressing",
        ready: "Healthy",
        error: "Degraded",
        stopping: "Progressing",
        paused: "Suspended",
      },
      { otherwise: "Unknown", absent: "Unknown" },
    ),
  },
  "pxc.percona.com": {
    PerconaXtraDBCluster: byWord(
      "status.state",
      { initializing: "Progressing", ready: "Healthy", error: "Degraded", stopping: "Degraded", paused: "Unknown" },
      { otherwise: "Unknown", absent: "Unknown" },
    ),
  },
  "clickhouse.altinity.com": { ClickHouseInstallation: clickhouse },
  "clickhouse-keeper.altinity.com": { ClickHouseKeeperInstallation: clickhouse },
  "solr.apache.org": { SolrCloud: judgeSolr },
  "cassandra.rook.io": { Cluster: judgeCassandra },
  "db.atlasgo.io": {
    AtlasMigration: atlas("reason", ["Reconciling"]),
    AtlasSchema: atlas("message", ["Reconciling", "GettingDevDB"]),
  },
};
