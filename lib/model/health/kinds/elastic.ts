import type { HealthStatus } from "../../health-status.ts";
import { count, type Fields, fields, list, text } from "../fields.ts";
import { byWord, inWords, type KindRules } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// https://www.elastic.co/guide/en/cloud-on-k8s/current/: health is a colour, red is data that can't be reached.
const colours: Readonly<Record<string, HealthStatus>> = { green: "Healthy", yellow: "Progressing", red: "Degraded" };
const elasticHealth = byWord("status.health", colours);
const knownHealth = byWord("status.health", colours, { otherwise: "Unknown", absent: "Unknown" });
function judgeBeat(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  if (status["health"] === undefined && status["expectedNodes"] !== undefined)
    return verdict("Progressing", "", "Waiting for its health");
  return knownHealth(object);
}

function judgeElasticsearch(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  let want = 0;
  for (const set of list(fields(object["spec"])["nodeSets"])) want += count(fields(set)["count"]);
  const have = count(status["availableNodes"], -1);
  if (have === -1 || have > want) return verdict("Unknown", "", "Elasticsearch has not said how many nodes it has");
  if (have < want) return verdict("Progressing", "LessAvailable", `${have} of ${want} nodes are available`);
  switch (status["phase"]) {
    case "Ready":
      return knownHealth(object);
    case "ApplyingChanges":
    case "MigratingData":
      return inWords("Progressing", status["phase"], object);
    case "Invalid":
      return inWords("Degraded", "Invalid", object);
    default:
      return verdict("Unknown", text(status["phase"]));
  }
}

export const elasticRules: Readonly<Record<string, KindRules>> = {
  "elasticsearch.k8s.elastic.co": { Elasticsearch: judgeElasticsearch },
  "beat.k8s.elastic.co": { Beat: judgeBeat },
  "logstash.k8s.elastic.co": { Logstash: elasticHealth },
  "kibana.k8s.elastic.co": { Kibana: elasticHealth },
  "agent.k8s.elastic.co": { Agent: elasticHealth },
  "apm.k8s.elastic.co": { ApmServer: elasticHealth },
};
