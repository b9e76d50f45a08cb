import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { refOf } from "./deployments.ts";
import { driftEntry } from "./drift-entries.ts";
import { failureEntry } from "./failures.ts";

/**
 * What the change of a row tells: it broke or healed, it drifted or was corrected. What the cluster keeps a record of (deployments)
 * is not told here.
 * @param time when it was seen, RFC 3339
 */
export function transitionsOf(before: Application, after: Application, time: string): ActivityEntry[] {
  return [...healthChange(before, after, time), ...driftChange(before, after, time)];
}

function healthChange(before: Application, after: Application, time: string): ActivityEntry[] {
  const [was, is] = [before.health, after.health];
  if (was.status !== "Degraded" && is.status === "Degraded") return [failureEntry(after, time)];
  if (was.status !== "Degraded" || is.status !== "Healthy") return [];
  const said = was.message ?? was.reason;
  return [
    {
      id: `recovered/${applicationKey(after)}/${time}`,
      time,
      kind: "failure",
      result: "recovered",
      what: was.reason ?? "Degraded",
      application: refOf(after),
      ...(said !== undefined && { message: said }),
    },
  ];
}

function driftChange(before: Application, after: Application, time: string): ActivityEntry[] {
  const [was, is] = [before.drift, after.drift];
  if (was.status === "None" && is.status === "Drifted") return withoutAbsent(driftEntry(after, time));
  if (was.status !== "Drifted" || is.status !== "None") return [];
  // Undated where nobody knows when a field was written: it was told when it was seen, but what it was is known all the same.
  const said = driftEntry(before, time);
  return [
    // What it had drifted by is known from nowhere else any more.
    ...withoutAbsent(driftEntry(before)),
    {
      id: `corrected/${applicationKey(after)}/${time}`,
      time,
      kind: "drift",
      result: "corrected",
      what: said?.what ?? "drift",
      application: refOf(after),
      ...(said?.about && { about: said.about }),
      ...(said?.message !== undefined && { message: said.message }),
    },
  ];
}

function withoutAbsent(entry: ActivityEntry | undefined): ActivityEntry[] {
  return entry === undefined ? [] : [entry];
}
