import type { ActivityEntry, ActivityResult } from "#lib/model/activity.ts";
import { parseApplicationKey } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { auditAnnotations } from "#lib/model/annotations.ts";
import type { AuditEntry } from "#server/actions/audit.ts";
import type { FoundEvent } from "#server/kube/read-events.ts";

const results: Readonly<Record<string, ActivityResult>> = {
  accepted: "requested",
  refused: "refused",
  failed: "failed",
};

/** An action that was taken in this process. */
export function auditActivity(entry: AuditEntry): ActivityEntry | undefined {
  const { time, unit, action, who, from, to, reason, message } = entry;
  const result = results[entry.result];
  const named = subjectOf(unit);
  if (result === undefined || named === undefined) return undefined;
  const known = { time, result, ...named, ...controllerOf(named, entry.owner) };
  return actionEntry(unit, action, known, { by: who, message, revision: to, from, reason });
}

/**
 * An action by the Event that was written of it, by this or another Driftglass; undefined for what is none. Whoever may create
 * events can write such ones: the log is the record, this is the view of it.
 */
export function auditEventActivity({ annotations, event, about }: FoundEvent): ActivityEntry | undefined {
  const unit = annotations[auditAnnotations.unit];
  const action = annotations[auditAnnotations.action];
  const time = annotations[auditAnnotations.at] ?? event.lastSeen;
  const result = results[annotations[auditAnnotations.result] ?? ""];
  if (unit === undefined || action === undefined || time === undefined || result === undefined) return undefined;
  if (Number.isNaN(Date.parse(time))) return undefined;
  const named = subjectOf(unit);
  // An Event tells only of its own namespace: who may write there can't speak of applications elsewhere.
  if (named === undefined || (namespaceOf(named) ?? "default") !== (about.namespace ?? "default")) return undefined;
  const said = {
    by: annotations[auditAnnotations.by],
    message: event.message.replace(/^\S+ by .*? (?:accepted|refused|failed): /, "") || undefined,
    revision: annotations[auditAnnotations.to],
    from: annotations[auditAnnotations.from],
    reason: annotations[auditAnnotations.reason],
  };
  const known = { time, result, ...named, ...controllerOf(named, annotations[auditAnnotations.owner]) };
  return actionEntry(unit, action, known, said);
}

type Subject = Pick<ActivityEntry, "application" | "about">;

/** An `applicationKey`, or `<group>/<kind>/<namespace>/<name>` of an object, with `core` for the core group and `_` for no namespace. */
function subjectOf(unit: string): Subject | undefined {
  const application = parseApplicationKey(unit);
  if (application !== undefined) return { application };
  const [group, kind, namespace, name, ...rest] = unit.split("/");
  if (!group || !kind || !namespace || !name || rest.length > 0) return undefined;
  const about: ResourceRef = { group: group === "core" ? "" : group, kind, name };
  return { about: namespace === "_" ? about : { ...about, namespace } };
}

/* A controller lives where its objects do: who may write Events in one namespace names none in another. */
function controllerOf({ about }: Subject, owner: string | undefined): Pick<ActivityEntry, "owner"> {
  const named = owner === undefined ? undefined : subjectOf(owner)?.about;
  return about !== undefined && named !== undefined && named.namespace === about.namespace ? { owner: named } : {};
}

function namespaceOf({ application, about }: Subject): string | undefined {
  return application?.namespace ?? about?.namespace;
}

/** What is not said is left out, so that the log and the Event of one action tell the same. */
function actionEntry(
  unit: string,
  action: string,
  known: Pick<ActivityEntry, "time" | "result" | "owner" | keyof Subject>,
  said: Readonly<Record<"by" | "message" | "revision" | "from" | "reason", string | undefined>>,
): ActivityEntry {
  const id = `action/${unit}/${action}/${known.time}`;
  const spoken = Object.entries(said).filter(([, text]) => text !== undefined);
  return { id, kind: "action", what: action, ...known, ...Object.fromEntries(spoken) };
}
