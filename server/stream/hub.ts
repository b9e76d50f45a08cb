import type { StreamEvent } from "#lib/api/events.ts";
import { Broadcaster, type StreamedView } from "./broadcaster.ts";
import { clientStream, type OpenStream } from "./open-stream.ts";
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
  readonly after?: { readonly instance: string; readonly sequence: number };
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

  /** Opens the event stream of one client. */
  events(request: EventRequest): Response {
    const broadcaster = this.#broadcasterOf(request.view);
    const cleanups: (() => void)[] = [];
    const stream = clientStream(() => {
      this.#open.delete(stream);
      request.closed();
      for (const cleanup of cleanups) cleanup();
      this.#lingerIfIdle(request.view, broadcaster);
    });
    this.#open.add(stream);
    const endSession = (reason: string): void => {
      if (reason === movedReason) return stream.close();
      const event: StreamEvent = { v: 1, type: "session-ended", reason };
      stream.send(sseMessage({ event: "message", data: JSON.stringify(event) }));
      stream.close();
    };
    cleanups.push(
      onAbort(request.signal, () => stream.close()),
      onAbort(request.sessionEnded, () => endSession(String(request.sessionEnded.reason))),
      this.#heartbeat(() => {
        stream.send(sseComment("."));
        void request.check().then((reason) => (reason === undefined ? undefined : endSession(reason)));
      }),
    );
    if (this.#stopped) stream.close();
    // A stream that has ended already is not attached: nothing would detach it.
    if (!stream.closed)
      cleanups.push(
        broadcaster.attach({ send: (bytes) => stream.send(bytes), end: () => stream.close() }, request.after),
      );
    if (stream.closed) for (const cleanup of cleanups) cleanup();
    return new Response(stream.body, {
      headers: { ...streamHeaders, "Content-Type": "text/event-stream; charset=utf-8" },
    });
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

/** Calls back when the signal aborts, at once if it has. Returns what stops listening. */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}
