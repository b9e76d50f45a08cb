import { newestFirst, type ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { unitRef } from "#server/actions/unit-object.ts";
import { releaseRecords } from "#server/engines/common/helm-release.ts";
import type { Reading } from "#server/engines/engine.ts";
import { readerOf } from "#server/engines/registry.ts";
import type { FoundEvent } from "#server/kube/read-events.ts";
import type { ClusterView } from "#server/view/view.ts";
import { auditEventActivity } from "./audit-entries.ts";
import { currentOperation, deploymentsOf, recordedDeployments, refOf } from "./deployments.ts";
import { driftEntry } from "./drift-entries.ts";
import { failureOf, healthFailurePrefix } from "./failures.ts";
import { owned, warningActivity } from "./warning-entries.ts";

/** What of a view the timeline is derived from. */
export type TimelineView = Pick<ClusterView, "cluster" | "store" | "snapshot" | "reading" | "desired">;

/** What is known besides the view's own state. */
export interface TimelineParts {
  readonly warnings: readonly FoundEvent[];
  /** Events that Driftglass wrote. */
  readonly actions: readonly FoundEvent[];
  /** What was seen happening: transitions of rows, and the person's own actions. */
  readonly seen: Iterable<ActivityEntry>;
}

/** Entries that one reading tells; the same as long as nothing of the unit changes. */
export type ReadingCache = WeakMap<Reading, readonly ActivityEntry[]>;

/**
 * Everything that is known to have happened, newest first. Applications that this person may not read (any more) are left out, but for
 * actions, whose Events were read with the person's own rights.
 */
export function timeline(view: TimelineView, parts: TimelineParts, cache: ReadingCache): ActivityEntry[] {
  const { items } = view.snapshot();
  const entries = new Map<string, ActivityEntry>();
  const add = (entry: ActivityEntry): void => void entries.set(entry.id, entry);
  const readable = new Map(items.map((item) => [applicationKey(item), item]));
  for (const entry of parts.seen) {
    const { application } = entry;
    if (application === undefined || readable.has(applicationKey(application))) add(entry);
  }
  for (const event of parts.actions) {
    const entry = auditEventActivity(event);
    if (entry !== undefined) add(entry);
  }
  for (const item of items) {
    const told = readingEntries(view, item, cache);
    dropLaterSighting(entries, item, told);
    for (const entry of told) add(entry);
    const drift = driftEntry(item);
    if (drift !== undefined) add(drift);
  }
  // What was done to one object was done to its application.
  const onObjects = [...entries.values()].filter(
    ({ kind, application }) => kind === "action" && application === undefined,
  );
  if (parts.warnings.length > 0 || onObjects.length > 0) {
    const owners = ownersOf(view, items);
    for (const entry of warningActivity(parts.warnings, owners, view.store)) add(entry);
    for (const entry of onObjects) {
      const { about, owner } = entry;
      const found = (about && owned(about, owners, view.store)) ?? (owner && owned(owner, owners, view.store));
      if (found) add({ ...entry, application: refOf(found.application) });
    }
  }
  return newestFirst(entries.values());
}

/** What the unit's own objects tell. */
function readingEntries(view: TimelineView, item: Application, cache: ReadingCache): readonly ActivityEntry[] {
  const unit = refOf(item);
  const reading = view.reading(unit);
  if (reading === undefined) return [];
  const known = cache.get(reading);
  if (known !== undefined) return known;
  const { store, cluster } = view;
  const deployments =
    unit.engine === "helm"
      ? recordedDeployments(item, releaseRecords({ name: unit.name, storageNamespace: unit.namespace }, store))
      : deploymentsOf(item, readerOf(unit.engine).history(unit, { cluster, store, desired: view.desired(unit) }) ?? []);
  const own = unitRef(unit);
  const entries = [
    ...deployments,
    ...currentOperation(item, deployments),
    ...failureOf(item, own && store.get(resourceKey(own)), store),
  ];
  cache.set(reading, entries);
  return entries;
}

/** A failure whose beginning the cluster tells was seen a moment later as well: the cluster's own time counts. */
function dropLaterSighting(
  entries: Map<string, ActivityEntry>,
  item: Application,
  told: readonly ActivityEntry[],
): void {
  const prefix = healthFailurePrefix(item);
  const since = told.find(({ id }) => id.startsWith(prefix))?.time;
  if (since === undefined) return;
  for (const { id, time } of entries.values())
    if (id.startsWith(prefix) && Date.parse(time) >= Date.parse(since)) entries.delete(id);
}

/** The applications by the objects that they name, their own among them. */
function ownersOf(view: TimelineView, items: readonly Application[]): ReadonlyMap<string, Application> {
  const owners = new Map<string, Application>();
  for (const item of items) {
    const unit = refOf(item);
    for (const { ref, remote } of view.reading(unit)?.inventory ?? [])
      if (remote !== true) owners.set(resourceKey(ref), item);
  }
  // Last, so that an application that another one applies stays its own.
  for (const item of items) {
    const own = unitRef(item);
    if (own !== undefined) owners.set(resourceKey(own), item);
  }
  return owners;
}
