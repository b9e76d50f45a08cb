import type { StreamEvent } from "./events.ts";
import { isApiError } from "./errors.ts";
import { SseParser } from "./sse-parser.ts";

/** How the page's connection to the server is. */
export type StreamState = "connecting" | "open" | "waiting";

/** What the stream tells. */
export type StreamMessage =
  | { readonly kind: "event"; readonly event: StreamEvent }
  | { readonly kind: "state"; readonly state: StreamState }
  /** The session is over; the stream does not try again. */
  | { readonly kind: "ended"; readonly reason: string };

/** How far a reader has come in each cluster, by its name. */
export type Positions = ReadonlyMap<string, { readonly instance: string; readonly sequence: number }>;

/** Where a reader is after a message. */
export function positionsAfter(positions: Positions, event: StreamEvent): Positions {
  if (event.type === "session-ended") return positions;
  if (event.type === "clusters") return new Map([...positions].filter(([cluster]) => event.clusters.includes(cluster)));
  const instance = event.type === "hello" ? event.instance : positions.get(event.cluster)?.instance;
  if (instance === undefined) return positions;
  return new Map(positions).set(event.cluster, { instance, sequence: event.sequence });
}

/** Opens the connection; `after` has an `<instance>:<sequence>` for each cluster that something is known of. */
export type OpenEvents = (after: readonly string[], signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** Silence after which a connection is taken as dead: the server sends at least a comment every 15 s. */
const silenceLimit = 40_000;
const firstDelay = 500;
const maxDelay = 30_000;

/**
 * Reads the event stream until `signal` aborts or the session ends: connects again after faults (soon at first, then more rarely, with
 * jitter), goes on where it was, and takes silence for a fault. By `fetch` and not `EventSource`, which hides the status and the heartbeat.
 */
export async function readStream(
  open: OpenEvents,
  start: Positions,
  emit: (message: StreamMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  let positions = start;
  let failures = 0;
  while (!signal.aborted) {
    emit({ kind: "state", state: "connecting" });
    let greeted = false;
    try {
      for await (const event of eventsOf(open, positions, signal)) {
        if (event.type === "session-ended") {
          emit({ kind: "ended", reason: event.reason });
          return;
        }
        if (event.type === "hello" && !greeted) {
          greeted = true;
          failures = 0;
          emit({ kind: "state", state: "open" });
        }
        positions = positionsAfter(positions, event);
        emit({ kind: "event", event });
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isApiError(error) && error.problem.status === 401) {
        emit({ kind: "ended", reason: error.problem.detail ?? error.problem.title });
        return;
      }
    }
    if (signal.aborted) return;
    emit({ kind: "state", state: "waiting" });
    await pause(Math.min(maxDelay, firstDelay * 2 ** failures) * (0.5 + Math.random() / 2), signal);
    failures += 1;
  }
}

async function* eventsOf(
  open: OpenEvents,
  positions: Positions,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void, undefined> {
  const attempt = new AbortController();
  const linked = AbortSignal.any([signal, attempt.signal]);
  const silence = () => setTimeout(() => attempt.abort(), silenceLimit);
  let timer = silence();
  const ready: StreamEvent[] = [];
  const parser = new SseParser((data) => ready.push(JSON.parse(data) as StreamEvent));
  try {
    const after = [...positions.values()].map(({ instance, sequence }) => `${instance}:${sequence}`);
    for await (const bytes of open(after, linked)) {
      clearTimeout(timer);
      timer = silence();
      parser.push(bytes);
      yield* ready.splice(0);
    }
  } finally {
    clearTimeout(timer);
    attempt.abort();
  }
}

/** Waits; shorter when the machine comes back online. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    globalThis.addEventListener?.("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
}
