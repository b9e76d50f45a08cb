import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { refOf } from "./deployments.ts";

/**
 * A row's drift as activity: when its first differing field was written and by whom, as managed fields tell it.
 * @param seenAt when Driftglass saw it appear, used where the cluster does not say; without either there is no entry
 */
export function driftEntry(application: Application, seenAt?: string): ActivityEntry | undefined {
  const { status, top, count } = application.drift;
  const time = top?.changedAt ?? seenAt;
  if (status !== "Drifted" || time === undefined) return undefined;
  const more = count > 1 ? `, and ${count - 1} more ${count === 2 ? "object" : "objects"}` : "";
  const said = application.reasons.find(({ about }) => about === "drift")?.text;
  return {
    id: `drift/${applicationKey(application)}/${time}`,
    time,
    kind: "drift",
    result: "drifted",
    what: top?.path ?? "drift",
    application: refOf(application),
    ...(top && {
      about: top.ref,
      message: `${top.ref.kind}/${top.ref.name}: ${top.path} ${top.from ?? "absent"} → ${top.to ?? "absent"}${more}`,
    }),
    ...(!top && said !== undefined && { message: said }),
    ...(top?.manager !== undefined && { by: top.manager }),
  };
}
