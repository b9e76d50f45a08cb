import type { ApplicationRef } from "#lib/model/application.ts";
import { count, fields, list, text } from "#lib/model/health/fields.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { ReadContext } from "../engine.ts";
import { findArgoApplication, joinRevisions, revisionsOf } from "./kind.ts";
import { initiator } from "./operation.ts";

/** `status.history`, newest first: full syncs that succeeded, with source and revision but without manifests. */
export function applicationHistory(unit: ApplicationRef, { store }: ReadContext): Revision[] | undefined {
  const application = findArgoApplication(unit, store);
  if (application === undefined) return undefined;
  const entries = list(application.status["history"]).map(fields);
  return entries
    .map((entry, index): Revision => {
      const current = index === entries.length - 1;
      const revision = joinRevisions(revisionsOf(entry));
      const deployedAt = text(entry["deployedAt"]);
      const by = initiator(fields(entry["initiatedBy"]));
      const whyNot = current
        ? "this revision is deployed now"
        : revision === undefined
          ? "the history does not say which revision it was"
          : undefined;
      const sources =
        list(entry["sources"]).length > 0 ? list(entry["sources"]).map(fields) : [fields(entry["source"])];
      const charts = sources.map((source) => text(source["chart"])).filter((chart) => chart !== "");
      return {
        id: String(count(entry["id"], index)),
        revision: revision ?? "unknown",
        current,
        status: "Succeeded",
        restorable: whyNot === undefined,
        ...(whyNot !== undefined && { whyNot }),
        ...(text(entry["deployStartedAt"]) !== ""
          ? { deployedAt: text(entry["deployStartedAt"]) }
          : deployedAt !== "" && { deployedAt }),
        ...(deployedAt !== "" && { finishedAt: deployedAt }),
        ...took(text(entry["deployStartedAt"]), deployedAt),
        ...(by !== undefined && { by }),
        ...(charts.length > 0 && { chart: charts.join(", ") }),
      };
    })
    .reverse();
}

/** History keeps both ends of a sync since Argo CD 1.8; times are whole seconds. */
function took(startedAt: string, deployedAt: string): Pick<Revision, "seconds"> {
  const seconds = (Date.parse(deployedAt) - Date.parse(startedAt)) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? { seconds } : {};
}
