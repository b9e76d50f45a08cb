import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { HookFact } from "#server/desired/desired-state.ts";
import { Facts } from "../common/facts.ts";
import { isTest } from "../common/helm-hooks.ts";
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
  const { chart, chartVersion, appVersion, description, notes, applyMethod, attemptedVersion, attemptedAt } =
    context.desired?.facts ?? {};
  const hooks = hookWords(context.desired?.facts?.hooks ?? []);
  const pending = newest.status.startsWith("pending-");
  const facts = new Facts()
    .add("Status", newest.status)
    .add("Revision", String(newest.version))
    .add("Deployed revision", deployed === undefined || deployed === newest ? undefined : String(deployed.version))
    .add("Chart", chart)
    .add("Chart version", chartVersion)
    .add("Attempted chart version", attemptedVersion)
    .add("App version", appVersion)
    .add("Description", description)
    .add(
      "Applied with",
      applyMethod === undefined ? undefined : applyMethod === "ssa" ? "server-side apply" : "client-side apply",
    )
    .add(
      "Hooks",
      hooks
        .filter(({ test }) => !test)
        .map(({ words }) => words)
        .join("; "),
    )
    .add(
      "Tests",
      hooks
        .filter(({ test }) => test)
        .map(({ words }) => words)
        .join("; "),
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
    .add("Attempted", attemptedAt, "time")
    .add("Last changed", newest.modifiedAt, "time").list;
  return { conditions: [], facts, ...(notes !== undefined && notes !== "" && { notes }) };
}

/** Each hook with what its last run came to: `pre-upgrade Job/ledger-migration: Failed`. */
function hookWords(hooks: readonly HookFact[]): { test: boolean; words: string }[] {
  return hooks.map((hook) => ({
    test: isTest(hook),
    words: `${isTest(hook) ? "" : `${hook.events.join(", ")} `}${formatRef(hook.ref)}: ${hook.phase ?? "not run"}`,
  }));
}
