import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { Facts } from "../common/facts.ts";
import type { ReadContext } from "../engine.ts";
import { projectFacts } from "./project.ts";
import { type ArgoApplication, findArgoApplication, joinRevisions, lastDeployment, revisionsOf } from "./kind.ts";

/** Conditions and facts of an Application. Its conditions have no status in Argo CD: a condition that is there holds. */
export function applicationDetail(
  unit: ApplicationRef,
  { store, now }: ReadContext,
): Pick<ApplicationDetail, "conditions" | "facts" | "argocd"> {
  const application = findArgoApplication(unit, store);
  if (application === undefined) return { conditions: [], facts: [] };
  const conditions = list(application.status["conditions"]).map((item) => {
    const { type, message, lastTransitionTime } = fields(item);
    return {
      type: text(type),
      status: "True",
      ...(text(message) !== "" && { message: text(message) }),
      ...(text(lastTransitionTime) !== "" && { lastTransitionTime: text(lastTransitionTime) }),
    };
  });
  const time = now === undefined ? undefined : Date.parse(now);
  return {
    conditions,
    facts: [...projectFacts(application, store, time), ...factsOf(application)],
    argocd: choices(application),
  };
}

function factsOf(application: ArgoApplication): ApplicationDetail["facts"] {
  const { spec, status, stored, sync } = application;
  const destination = fields(spec["destination"]);
  const facts = new Facts().add(
    "Destination",
    [text(destination["name"]) || text(destination["server"]), text(destination["namespace"])]
      .filter((part) => part !== "")
      .join(" · "),
  );
  application.sources.forEach((source, index) => {
    const number = application.sources.length > 1 ? ` ${index + 1}` : "";
    facts
      .add(`Source${number}`, text(source["repoURL"]), "url")
      .add(`Target revision${number}`, text(source["targetRevision"]) || "HEAD")
      .add(`Path${number}`, text(source["path"]) || text(source["chart"]));
  });
  const last = lastDeployment(application);
  return facts
    .add("Compared with", joinRevisions(revisionsOf(sync)), "revision")
    .add("Deployed revision", last === undefined ? undefined : joinRevisions(revisionsOf(last)), "revision")
    .add("Sync policy", policyWords(fields(spec["syncPolicy"])))
    .add("Sync options", list(fields(spec["syncPolicy"])["syncOptions"]).map(text).join(", "))
    .add("Ignored differences", String(list(spec["ignoreDifferences"]).length || ""))
    .add(
      "Made by",
      stored.object.metadata.ownerReferences
        ?.filter((owner) => owner.kind === "ApplicationSet")
        .map((owner) => `ApplicationSet ${owner.name}`)
        .join(", "),
    )
    .add("Last reconciled", text(status["reconciledAt"]), "time").list;
}

/** What a sync may choose. */
function choices({ spec, sources, manySources }: ArgoApplication): ApplicationDetail["argocd"] {
  return {
    syncOptions: list(fields(spec["syncPolicy"])["syncOptions"]).map(text),
    sources: sources.map((source) => ({
      name: text(source["chart"]) || text(source["path"]) || text(source["ref"]) || text(source["repoURL"]),
      targetRevision: text(source["targetRevision"]) || "HEAD",
    })),
    manySources,
  };
}

function policyWords(policy: Fields): string {
  const automated = policy["automated"];
  if (automated === undefined || automated === null) return "by hand";
  const { enabled, prune, selfHeal } = fields(automated);
  if (enabled === false) return "automated, switched off";
  return [
    "automated",
    prune === true ? "prunes" : "never prunes",
    selfHeal === true ? "undoes changes by hand" : "keeps changes by hand",
  ].join(", ");
}
