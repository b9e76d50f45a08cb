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
  const ended = driftEntry(before);
  const said = ended?.message ?? was.message;
  return [
    // What it had drifted by is known from nowhere else any more.
    ...withoutAbsent(ended),
    {
      id: `corrected/${applicationKey(after)}/${time}`,
      time,
      kind: "drift",
      result: "corrected",
      what: ended?.what ?? "drift",
      application: refOf(after),
      ...(ended?.about && { about: ended.about }),
      ...(said !== undefined && { message: said }),
    },
  ];
}

function withoutAbsent(entry: ActivityEntry | undefined): ActivityEntry[] {
  return entry === undefined ? [] : [entry];
}
