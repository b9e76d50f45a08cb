import { applicationKey, type Application } from "../model/application.ts";
import type { ApplicationList } from "./application-contract.ts";
import { firstOf, type ClusterEvent, type RowChange, type SequencedEvent } from "./events.ts";

/** What an event makes of a list. */
export interface Applied {
  /** The same object when nothing changed. */
  readonly list: ApplicationList;
  /** Something was missed, or the server is another: fetch the list again. */
  readonly invalidate: boolean;
}

/** Applies one event of the stream to the list that the page has. Pure; rows that did not change stay the same objects. */
export function applyEvent(list: ApplicationList, event: ClusterEvent): Applied {
  if (event.type === "hello") {
    if (event.instance !== list.instance || event.sequence > list.sequence) return { list, invalidate: true };
    return { list: { ...list, connection: event.connection, limits: event.limits }, invalidate: false };
  }
  if (event.sequence <= list.sequence) return { list, invalidate: false };
  if (firstOf(event) > list.sequence + 1) return { list, invalidate: true };
  const changed = changes(list, event);
  if (!changed) return { list, invalidate: true };
  return { list: { ...list, ...changed, sequence: event.sequence }, invalidate: false };
}

/** Keys of the applications inside which something changed: what is open of them is to be fetched again. */
export function touchedBy(event: ClusterEvent): readonly string[] {
  if (event.type === "touched") return event.keys;
  if (event.type !== "applications") return [];
  const { upserts, changes: changed = [], removes, touched = [] } = event;
  return [...new Set([...upserts.map(applicationKey), ...changed.map(({ key }) => key), ...removes, ...touched])];
}

/** Undefined when a row has changed that the list does not have. */
function changes(list: ApplicationList, event: SequencedEvent): Partial<ApplicationList> | undefined {
  if (event.type === "connection") return { connection: event.connection, limits: event.limits };
  if (event.type === "touched") return {};
  const { removes, upserts, changes: changed = [] } = event;
  const gone = new Set(removes);
  const kept = gone.size === 0 ? list.items : list.items.filter((row) => !gone.has(applicationKey(row)));
  const items = [...kept];
  const known = placesOf(kept);
  for (const change of changed) {
    const at = known.get(change.key);
    const row = at === undefined ? undefined : items[at];
    if (at === undefined || !row) return undefined;
    items[at] = changedRow(row, change);
  }
  // The places that are known are those of the rows before, too: new rows get a copy.
  let more: Map<string, number> | undefined;
  for (const row of upserts) {
    const key = applicationKey(row);
    const at = (more ?? known).get(key);
    if (at === undefined) (more ??= new Map(known)).set(key, items.push(row) - 1);
    else items[at] = row;
  }
  placesByRows.set(items, more ?? known);
  return { items };
}

/** Where the row of each key stands. Kept beside the rows: events come ten times a second and change a few of thousands. */
const placesByRows = new WeakMap<readonly Application[], ReadonlyMap<string, number>>();

function placesOf(rows: readonly Application[]): ReadonlyMap<string, number> {
  let places = placesByRows.get(rows);
  if (!places) placesByRows.set(rows, (places = new Map(rows.map((row, at) => [applicationKey(row), at]))));
  return places;
}

function changedRow(row: Application, { set, unset = [] }: RowChange): Application {
  const changed: Record<string, unknown> = { ...row, ...set };
  for (const field of unset) delete changed[field];
  return changed as Application;
}
