import { vi } from "vitest";
import { SseParser } from "#lib/api/sse-parser.ts";
import type { ClusterEvent, StreamEvent } from "#lib/api/events.ts";
import type { StreamedView } from "./broadcaster.ts";
import type { EventRequest, StreamHub, StreamOwner } from "./hub.ts";
import { row } from "./row.fixture.ts";

/** A view of which only the stream's side is there: it counts its subscribers and says what it is told. */
export function testView(instance = "i1", cluster = "c") {
  const listeners = new Set<(event: ClusterEvent) => void>();
  let sequence = 10;
  const end = Promise.withResolvers<string>();
  const view: StreamedView = {
    cluster,
    instance,
    snapshot: () => ({ items: [], sequence }),
    connection: () => ({ state: "live", since: "t" }),
    limits: () => [],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended: end.promise,
  };
  const say = (name: string, message = ""): void => {
    sequence += 1;
    for (const listener of listeners)
      listener({ v: 1, type: "applications", sequence, upserts: [row(name, message)], removes: [] });
  };
  return { view, say, listeners, end: () => end.resolve("401") };
}

/** A client of one view's events. */
export function client(hub: StreamHub, view: StreamedView, options: Partial<EventRequest> = {}) {
  return reader((owner) => hub.events({ view, ...owner, ...options }));
}

/** A client of all clusters of a session: `logIn` puts a view in the place of another, `leave` ends one. */
export function everyClient(hub: StreamHub, ...views: readonly StreamedView[]) {
  const clusters = new Map(views.map((view) => [view.cluster, { view, end: new AbortController() }]));
  const follow = (owner: StreamOwner) =>
    hub.everyEvents({
      ...owner,
      after: [],
      clusters: [...clusters].map(([name, cluster]) => ({
        name,
        view: () => cluster.view,
        ended: cluster.end.signal,
        left: () => !clusters.has(name),
      })),
    });
  const leave = (name: string): void => {
    const cluster = clusters.get(name);
    clusters.delete(name);
    cluster?.end.abort("left");
  };
  const renew = (view: StreamedView): void => {
    const cluster = clusters.get(view.cluster);
    if (cluster) cluster.view = view;
  };
  return { ...reader(follow), leave, renew, logInAnew: (name: string) => clusters.get(name)?.end.abort("anew") };
}

/** Opens a stream and keeps what it says. */
export function reader(open: (owner: StreamOwner) => Response) {
  const gone = new AbortController();
  const sessionEnd = new AbortController();
  const response = open({
    sessionEnded: sessionEnd.signal,
    check: async () => undefined,
    signal: gone.signal,
    closed: vi.fn(),
  });
  const heard: StreamEvent[] = [];
  const state = { closed: false };
  const parser = new SseParser((data) => heard.push(JSON.parse(data) as StreamEvent));
  const read = async (): Promise<void> => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) parser.push(chunk);
    state.closed = true;
  };
  return { response, heard, state, gone, sessionEnd, read };
}

/** Lets what is under way happen, and time pass on the test's clock; milliseconds. */
export const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
