import { applicationKey } from "../model/application.ts";
import type { ApplicationList } from "./application-contract.ts";
import { firstOf, type SequencedEvent, type StreamEvent } from "./events.ts";

/** What an event makes of a list. */
export interface Applied {
  /** The same object when nothing changed. */
  readonly list: ApplicationList;
  /** Something was missed, or the server is another: fetch the list again. */
  readonly invalidate: boolean;
}

/** Applies one event of the stream to the list that the page has. Pure; rows that did not change stay the same objects. */
export function applyEvent(list: ApplicationList, event: StreamEvent): Applied {
  if (event.type === "session-ended") return { list, invalidate: false };
  if (event.type === "hello") {
    if (event.instance !== list.instance || event.sequence > list.sequence) return { list, invalidate: true };
    return { list: { ...list, connection: event.connection, limits: event.limits }, invalidate: false };
  }
  if (event.sequence <= list.sequence) return { list, invalidate: false };
  if (firstOf(event) > list.sequence + 1) return { list, invalidate: true };
  return { list: { ...list, ...changes(list, event), sequence: event.sequence }, invalidate: false };
}

/** Keys of the applications inside which something changed: what is open of them is to be fetched again. */
export function touchedBy(event: StreamEvent): readonly string[] {
  if (event.type === "touched") return event.keys;
  if (event.type !== "applications") return [];
  return [...new Set([...event.upserts.map(applicationKey), ...event.removes, ...(event.touched ?? [])])];
}

function changes(list: ApplicationList, event: SequencedEvent): Partial<ApplicationList> {
  if (event.type === "connection") return { connection: event.connection, limits: event.limits };
  if (event.type === "touched") return {};
  const rows = new Map(list.items.map((row) => [applicationKey(row), row]));
  for (const key of event.removes) rows.delete(key);
  for (const row of event.upserts) rows.set(applicationKey(row), row);
  return { items: [...rows.values()] };
}
