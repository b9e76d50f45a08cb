import { type Fields, fields, list, text } from "../fields.ts";
import { byConditions, byWord, inWords, type KindRules } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// Database operators that Argo CD has no rules for: Crunchy, Oracle, KubeDB, Cockroach, Redis, OpenSearch, Elastic's smaller kinds.

/** https://access.crunchydata.com/documentation/postgres-operator/latest/references/crd/: each instance set counts for itself. */
function judgePostgresCluster(object: Fields): Health | undefined {
  const sets = list(fields(object["status"])["instances"]).map(fields);
  if (sets.length === 0) return verdict("Progressing", "", "Waiting for the operator to report a status");
  for (const set of sets) {
    const [want, ready] = [Number(set["replicas"] ?? 0), Number(set["readyReplicas"] ?? 0)];
    const message = `${ready} of ${want} instances of ${text(set["name"])} are ready`;
    if (want > 0 && ready === 0) return verdict("Degraded", "NoneReady", message);
    if (ready < want) return verdict("Progressing", "LessReady", message);
  }
  return verdict("Healthy");
}

/** mysqloperator/controller/diagnose.py of mysql-operator: everything but ONLINE has lost something. */
function judgeInnoDb(object: Fields): Health {
  const status = text(fields(fields(object["status"])["cluster"])["status"]);
  if (status === "ONLINE") return verdict("Healthy");
  if (status === "" || status === "PENDING" || status === "INITIALIZING" || status === "FINALIZING")
    return verdict("Progressing", status);
  return verdict(status === "UNKNOWN" ? "Unknown" : "Degraded", status);
}

/** kubedb/apimachinery DatabasePhase: NotReady is one that can't be connected to, Critical one that has lost replicas. */
const kubeDb = byWord("status.phase", {
  Ready: "Healthy",
  Critical: "Degraded",
  NotReady: "Degraded",
  Halted: "Suspended",
  Unknown: "Unknown",
});

/** https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/: databases and their like say whether they were applied. */
function judgeApplied(object: Fields): Health {
  const { applied, message } = fields(object["status"]);
  if (applied === undefined) return verdict("Progressing", "", "Waiting for the operator to apply it");
  return applied === true ? verdict("Healthy") : verdict("Degraded", "NotApplied", text(message));
}

/** Health by colour, as Elasticsearch and OpenSearch tell it; without one the phase word tells. */
function judgeColour(object: Fields): Health | undefined {
  const { health, phase } = fields(object["status"]);
  if (health === "red") return verdict("Degraded", "Red", "Some primary shards are not available");
  if (health === "yellow") return verdict("Progressing", "Yellow", "Some replica shards are not allocated");
  const word = text(phase);
  return health === "green" || /^running$/i.test(word) ? verdict("Healthy") : inWords("Progressing", word, object);
}

const redisEnterprise = byWord("status.state", {
  Running: "Healthy",
  Error: "Degraded",
  Invalid: "Degraded",
  InvalidUpgrade: "Degraded",
});

/** https://github.com/k8ssandra/cass-operator: a stopped datacenter is not Ready, as it was told. */
const cassandra = byConditions([
  ["Stopped", "True", "Suspended"],
  ["Updating", "True", "Progressing"],
  ["Ready", "True", "Healthy"],
  ["Valid", "False", "Degraded"],
]);

export const moreDatabaseRules: Readonly<Record<string, KindRules>> = {
  "postgres-operator.crunchydata.com": { PostgresCluster: judgePostgresCluster },
  "postgresql.cnpg.io": { Database: judgeApplied, Publication: judgeApplied, Subscription: judgeApplied },
  "mysql.oracle.com": { InnoDBCluster: judgeInnoDb },
  "kubedb.com": { "*": kubeDb },
  "crdb.cockroachlabs.com": {
    CrdbCluster: byWord("status.clusterStatus", { Finished: "Healthy", Failed: "Degraded" }),
  },
  "redis.redis.opstreelabs.in": {
    RedisCluster: byWord("status.state", { Ready: "Healthy", Failed: "Degraded" }),
  },
  "app.redislabs.com": { RedisEnterpriseCluster: redisEnterprise },
  "opensearch.opster.io": { OpenSearchCluster: judgeColour },
  "opensearch.org": { OpenSearchCluster: judgeColour },
  "maps.k8s.elastic.co": { ElasticMapsServer: judgeColour },
  "enterprisesearch.k8s.elastic.co": { EnterpriseSearch: judgeColour },
  "cassandra.datastax.com": { CassandraDatacenter: cassandra },
  "dragonflydb.io": { Dragonfly: byWord("status.phase", { ready: "Healthy", Ready: "Healthy" }) },
};
