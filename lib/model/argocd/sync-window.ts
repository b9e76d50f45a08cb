import { type Fields, fields, list, text } from "../health/fields.ts";
import { goSeconds } from "../go-duration.ts";
import { type CronSchedule, lastFiring, parseCron } from "./cron.ts";
import { globMatch } from "./glob.ts";

/** A sync window of a project that concerns an Application. */
export interface SyncWindow {
  readonly kind: "allow" | "deny";
  readonly schedule: string;
  readonly duration: string;
  /** A sync by hand is let through nevertheless. */
  readonly manualSync: boolean;
  readonly description?: string;
  readonly active: boolean;
  /** When it ends, as far as its last start tells; RFC 3339. */
  readonly endsAt?: string;
}

/** What the windows say of syncs now. */
export interface SyncWindows {
  readonly windows: readonly SyncWindow[];
  /** Why no sync by hand is let through now; undefined when one is. */
  readonly manual?: string;
  /** The same for auto-sync. */
  readonly automated?: string;
}

/** What of an Application decides which windows concern it. */
export interface WindowSubject {
  readonly name: string;
  /** `spec.destination`. */
  readonly destination: Fields;
}

/**
 * The windows of an AppProject's spec that concern an Application, and whether syncs are let through now, as Argo CD's controller decides.
 * Source: argo-cd `pkg/apis/application/v1alpha1/types.go` (SyncWindows: Matches, Active, CanSync), 3.2.
 */
export function syncWindows(project: Fields, subject: WindowSubject, now: number): SyncWindows {
  const windows = list(project["syncWindows"])
    .map(fields)
    .filter((window) => concerns(window, subject))
    .map((window) => readWindow(window, now));
  const broken = windows.includes(undefined) ? brokenWords : undefined;
  const known = windows.filter((window) => window !== undefined);
  if (broken !== undefined) return { windows: known, manual: broken, automated: broken };
  const refusal = (isManual: boolean): string | undefined => refusedBy(known, isManual);
  const [manual, automated] = [refusal(true), refusal(false)];
  return { windows: known, ...(manual !== undefined && { manual }), ...(automated !== undefined && { automated }) };
}

const brokenWords = "a sync window of its project can't be read, and Argo CD then lets no sync through";

function refusedBy(windows: readonly SyncWindow[], isManual: boolean): string | undefined {
  const active = windows.filter((window) => window.active);
  const denying = active.filter(({ kind }) => kind === "deny");
  if (denying.length > 0) {
    if (isManual && denying.every(({ manualSync }) => manualSync)) return undefined;
    const strict = denying.find(({ manualSync }) => !manualSync) ?? denying[0];
    return strict && `a sync window of its project denies syncs now${detail(strict)}`;
  }
  if (active.some(({ kind }) => kind === "allow")) return undefined;
  const waiting = windows.filter(({ kind }) => kind === "allow");
  if (waiting.length === 0 || (isManual && waiting.every(({ manualSync }) => manualSync))) return undefined;
  const [first] = waiting;
  return first && `its project allows syncs only in a sync window, and none is open now${detail(first)}`;
}

function detail({ description, schedule, duration }: SyncWindow): string {
  return ` (${description ?? `${schedule} for ${duration}`})`;
}

/** Undefined for one that Argo CD can't read: it then refuses every sync. */
function readWindow(window: Fields, now: number): SyncWindow | undefined {
  const [schedule, duration, description] = [
    text(window["schedule"]),
    text(window["duration"]),
    text(window["description"]),
  ];
  const cron = parseCron(schedule);
  const seconds = goSeconds(duration);
  if (cron === undefined || seconds === undefined) return undefined;
  const start = startOf(cron, seconds * 1000, zoneOffset(text(window["timeZone"]), now), now);
  return {
    kind: window["kind"] === "deny" ? "deny" : "allow",
    schedule,
    duration,
    manualSync: window["manualSync"] === true,
    active: start !== undefined,
    ...(description !== "" && { description }),
    ...(start !== undefined && { endsAt: new Date(start + seconds * 1000).toISOString() }),
  };
}

/** When the window that is open now was opened. Argo CD moves the time by the zone's present offset and reads the schedule in UTC. */
function startOf(cron: CronSchedule, length: number, offset: number, now: number): number | undefined {
  const start = lastFiring(cron, now + offset - length, now + offset);
  return start === undefined ? undefined : start - offset;
}

/** Milliseconds that a zone is ahead of UTC now; 0 for one that is not known, as in Argo CD. */
function zoneOffset(timeZone: string, now: number): number {
  if (timeZone === "" || timeZone === "UTC") return 0;
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(now);
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
    if (sign === undefined) return 0;
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  } catch {
    return 0;
  }
}

/** Applications, clusters and namespaces: one that matches is enough, or with `andOperator` each that is given has to. */
function concerns(window: Fields, { name, destination }: WindowSubject): boolean {
  const some = (patterns: unknown, values: readonly unknown[]): boolean | undefined => {
    const given = list(patterns).map(text);
    if (given.length === 0) return undefined;
    const known = values.map(text).filter((value) => value !== "");
    return given.some((pattern) => known.some((value) => globMatch(pattern, value)));
  };
  const answers = [
    some(window["applications"], [name]),
    some(window["clusters"], [destination["name"], destination["server"]]),
    some(window["namespaces"], [destination["namespace"]]),
  ].filter((answer) => answer !== undefined);
  if (answers.length === 0) return false;
  return window["andOperator"] === true ? answers.every(Boolean) : answers.some(Boolean);
}
