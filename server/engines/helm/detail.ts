import type { ApplicationDetail } from "#lib/api/contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { Facts } from "../common/facts.ts";
import type { ReadContext } from "../engine.ts";
import { findRelease } from "./kind.ts";
import { isStuck } from "./verdicts.ts";

/** Facts and notes of a release; Helm has no conditions. */
export function releaseDetail(
  unit: ApplicationRef,
  context: ReadContext,
): Pick<ApplicationDetail, "conditions" | "facts" | "notes"> {
  const release = findRelease(unit, context);
  if (release === undefined) return { conditions: [], facts: [] };
  const { newest, deployed, records } = release;
  const { chart, chartVersion, appVersion, description, notes, applyMethod } = context.desired?.facts ?? {};
  const pending = newest.status.startsWith("pending-");
  const facts = new Facts()
    .add("Status", newest.status)
    .add("Revision", String(newest.version))
    .add("Deployed revision", deployed === undefined || deployed === newest ? undefined : String(deployed.version))
    .add("Chart", chart)
    .add("Chart version", chartVersion)
    .add("App version", appVersion)
    .add("Description", description)
    .add(
      "Applied with",
      applyMethod === undefined ? undefined : applyMethod === "ssa" ? "server-side apply" : "client-side apply",
    )
    .add(
      "Records",
      `${records.length} ${records.length === 1 ? "revision" : "revisions"} in ${newest.stored.ref.kind}s`,
    )
    .add(
      pending ? (isStuck(release, context.now) ? "Stuck since" : "Pending since") : "",
      pending ? (newest.createdAt ?? newest.modifiedAt) : undefined,
      "time",
    )
    .add("Deployed", context.desired?.facts?.lastDeployed ?? deployed?.createdAt, "time")
    .add("Last changed", newest.modifiedAt, "time").list;
  return { conditions: [], facts, ...(notes !== undefined && notes !== "" && { notes }) };
}
