import type { StreamEvent } from "#lib/api/events.ts";
import { Broadcaster, type SeenEvent, type StreamedView } from "./broadcaster.ts";
import { clientStream, type ClientStream, type OpenStream } from "./open-stream.ts";
import { pipedStream } from "./piped-stream.ts";
import { sseComment, sseMessage } from "./sse.ts";

/** What every stream needs of the session and the request that it belongs to. */
export interface StreamOwner {
  /** Aborted, with the reason in words, when the session ends. */
  readonly sessionEnded: AbortSignal;
  /** Asked from time to time; answers why the session is over, or undefined. */
  readonly check: () => Promise<string | undefined>;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** Counts the stream no more. */
  readonly closed: () => void;
}

/** What one client's event stream needs. */
export interface EventRequest extends StreamOwner {
  readonly view: StreamedView;
  /** What the client has seen, to go on from there. */
  readonly after?: readonly SeenEvent[];
}

/** One of several clusters whose events a client gets. */
export interface StreamedCluster {
  readonly name: string;
  /** Its view as it is now: another takes its place when the credentials that it was opened with stop working. */
  readonly view: () => StreamedView;
  /** Aborted when the person is no longer logged in to it, or is anew. */
  readonly ended: AbortSignal;
  /** Whether it is no part of the session any more. */
  readonly left: () => boolean;
}

/** What the stream of all clusters of a session needs. */
export interface EveryEventRequest extends StreamOwner {
  readonly clusters: readonly StreamedCluster[];
  /** What the client has seen, of each. */
  readonly after: readonly SeenEvent[];
}

/** Headers of every stream: nobody between us and the browser may hold it back or change it. */
export const streamHeaders = {
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
} as const;

/** Why a session ends here that goes on in another process: its streams end without saying that it is over. */
export const movedReason = "Another replica of Driftglass goes on with this session.";

const heartbeatInterval = 15_000;
/** A log shows what may be read no more for this long at most, and as long as an access review counts; milliseconds. */
const logInterval = 4_000;
/** Milliseconds between looks at whether a cluster has got another view in the place of one that has ended. */
const rejoinInterval = 250;
/** How long a view's messages are kept when its last client has gone: reloads and a change of the leading tab resume. */
const lingerTime = 60_000;

/** All streams that are open towards browsers, and a broadcaster for each view that has any. */
export class StreamHub {
  readonly #broadcasters = new Map<StreamedView, Broadcaster>();
  readonly #open = new Set<OpenStream>();
  #stopped = false;

  /** Number of open streams, of events and of logs. */
  get size(): number {
    return this.#open.size;
  }

  /** Opens one client's stream of the events of one view. */
  events({ view, after, ...owner }: EventRequest): Response {
    return this.#eventStream(owner, (stream) => this.#join(stream, view, after, () => stream.close()));
  }

  /** Opens one client's stream of all clusters of its session. What ends one of them leaves the others as they are. */
  everyEvents({ clusters, after, ...owner }: EveryEventRequest): Response {
    return this.#eventStream(owner, (stream) => {
      const names = new Set(clusters.map(({ name }) => name));
      const tell = (): void => stream.send(encode({ v: 1, type: "clusters", clusters: [...names] }));
      tell();
      const stops = clusters.map((cluster) =>
        this.#follow(stream, cluster, after, () => {
          names.delete(cluster.name);
          tell();
        }),
      );
      return () => {
        for (const stop of stops) stop();
      };
    });
  }

  #eventStream(owner: StreamOwner, begin: (stream: ClientStream) => () => void): Response {
    const cleanups: (() => void)[] = [];
    const stream = clientStream(() => {
      this.#open.delete(stream);
      owner.closed();
      for (const cleanup of cleanups) cleanup();
    });
    this.#open.add(stream);
    const endSession = (reason: string): void => {
      if (reason !== movedReason) stream.send(encode({ v: 1, type: "session-ended", reason }));
      stream.close();
    };
    cleanups.push(
      onAbort(owner.signal, () => stream.close()),
      onAbort(owner.sessionEnded, () => endSession(String(owner.sessionEnded.reason))),
      this.#heartbeat(() => {
        stream.send(sseComment("."));
        void owner.check().then((reason) => (reason === undefined ? undefined : endSession(reason)));
      }),
    );
    if (this.#stopped) stream.close();
    // A stream that has ended already does not begin: nothing would end what it follows.
    if (!stream.closed) cleanups.push(begin(stream));
    if (stream.closed) for (const cleanup of cleanups) cleanup();
    return new Response(stream.body, {
      headers: { ...streamHeaders, "Content-Type": "text/event-stream; charset=utf-8" },
    });
  }

  /** Sends a view's events. Returns what stops that. */
  #join(
    stream: ClientStream,
    view: StreamedView,
    after: readonly SeenEvent[] | undefined,
    onEnd: () => void,
  ): () => void {
    const broadcaster = this.#broadcasterOf(view);
    const detach = broadcaster.attach({ send: (bytes) => stream.send(bytes), end: onEnd }, after);
    return () => {
      detach();
      this.#lingerIfIdle(view, broadcaster);
    };
  }

  /** Sends the events of one cluster among others, by whichever view it has, until it is left. */
  #follow(stream: ClientStream, cluster: StreamedCluster, after: readonly SeenEvent[], onLeft: () => void): () => void {
    let leave = (): void => undefined;
    let waiting: ReturnType<typeof setInterval> | undefined;
    const join = (): void => {
      const view = cluster.view();
      leave = this.#join(stream, view, after, () => {
        clearInterval(waiting);
        waiting = setInterval(() => {
          if (cluster.view() === view) return;
          clearInterval(waiting);
          leave();
          join();
        }, rejoinInterval);
      });
    };
    const stop = (): void => {
      clearInterval(waiting);
      leave();
    };
    join();
    const unlisten = onAbort(cluster.ended, () => {
      stop();
      // Whoever has logged in anew connects again, and goes on with what they have seen.
      if (cluster.left()) onLeft();
      else stream.close();
    });
    return () => {
      unlisten();
      stop();
    };
  }

  /** Hands bytes of the cluster (a log) on as fast as the client reads them. @param stop ends the source. */
  bytes(source: AsyncIterable<Uint8Array>, stop: () => void, owner: StreamOwner): Response {
    const cleanups: (() => void)[] = [];
    const stream = pipedStream(source, () => {
      this.#open.delete(stream);
      owner.closed();
      for (const cleanup of cleanups) cleanup();
      stop();
    });
    this.#open.add(stream);
    const close = (): void => stream.close();
    cleanups.push(
      onAbort(owner.signal, close),
      onAbort(owner.sessionEnded, close),
      this.#heartbeat(
        () => void owner.check().then((reason) => (reason === undefined ? undefined : close())),
        logInterval,
      ),
    );
    if (this.#stopped) stream.close();
    if (stream.closed) for (const cleanup of cleanups) cleanup();
    return new Response(stream.body, { headers: { ...streamHeaders, "Content-Type": "text/plain; charset=utf-8" } });
  }

  /** Ends all streams and refuses new ones: the server stops. */
  closeAll(): void {
    this.#stopped = true;
    for (const stream of this.#open) stream.close();
    for (const broadcaster of this.#broadcasters.values()) broadcaster.close();
    this.#broadcasters.clear();
  }

  #broadcasterOf(view: StreamedView): Broadcaster {
    const known = this.#broadcasters.get(view);
    if (known && !known.closed) return known;
    const broadcaster = new Broadcaster(view);
    this.#broadcasters.set(view, broadcaster);
    return broadcaster;
  }

  #heartbeat(beat: () => void, interval = heartbeatInterval): () => void {
    const timer = setInterval(beat, interval);
    return () => clearInterval(timer);
  }

  #lingerIfIdle(view: StreamedView, broadcaster: Broadcaster): void {
    const timer = setTimeout(() => {
      if (broadcaster.clients > 0 && !broadcaster.closed) return;
      broadcaster.close();
      if (this.#broadcasters.get(view) === broadcaster) this.#broadcasters.delete(view);
    }, lingerTime);
    timer.unref();
  }
}

function encode(event: StreamEvent): Uint8Array {
  return sseMessage({ event: "message", data: JSON.stringify(event) });
}

/** Calls back when the signal aborts, at once if it has. Returns what stops listening. */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}
