import { positionsAfter, readStream, type OpenEvents, type Positions, type StreamMessage } from "./event-stream.ts";
import type { StreamEvent } from "./events.ts";

/** What tabs say to each other. */
type Note = { readonly note: "message"; readonly message: StreamMessage } | { readonly note: "ask" };

/** A channel to the other tabs. */
export interface TabChannel {
  readonly tell: (note: unknown) => void;
  readonly close: () => void;
}

/** How tabs find each other; the browser's own unless told. */
export interface TabRoom {
  readonly locks?: Pick<LockManager, "request">;
  readonly channel?: (name: string, hear: (note: unknown) => void) => TabChannel;
}

/** The browser's. Web Locks exist in secure contexts alone (HTTPS and localhost): elsewhere each tab has its own stream. */
function browserRoom(): TabRoom {
  const locks = typeof navigator === "undefined" ? undefined : (navigator.locks as LockManager | undefined);
  return {
    ...(locks ? { locks } : {}),
    ...(typeof BroadcastChannel === "undefined" ? {} : { channel: browserChannel }),
  };
}

function browserChannel(name: string, hear: (note: unknown) => void): TabChannel {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: { data: unknown }) => hear(data);
  return { tell: channel.postMessage.bind(channel), close: channel.close.bind(channel) };
}

/**
 * Follows the event stream together with the browser's other tabs: one of them (whoever holds the lock of this name) has the connection
 * and tells the others, because HTTP/1.1 gives a browser six. When it goes, another takes over where it was.
 * @param name differs by person and cluster, or by all of them. Returns what stops following.
 */
export function followStream(
  name: string,
  open: OpenEvents,
  onMessage: (message: StreamMessage) => void,
  room: TabRoom = browserRoom(),
): () => void {
  const stop = new AbortController();
  let positions: Positions = new Map();
  /** How each cluster was greeted, with what has changed since. */
  const hellos = new Map<string, Extract<StreamEvent, { type: "hello" }>>();
  let clusters: Extract<StreamEvent, { type: "clusters" }> | undefined;
  let state: StreamMessage | undefined;
  const take = (message: StreamMessage): void => {
    if (message.kind === "state") state = message;
    if (message.kind === "event") {
      const { event } = message;
      positions = positionsAfter(positions, event);
      if (event.type === "clusters") clusters = event;
      if (event.type === "hello") hellos.set(event.cluster, event);
      const hello = event.type === "connection" && hellos.get(event.cluster);
      if (hello) hellos.set(hello.cluster, { ...hello, connection: event.connection, limits: event.limits });
    }
    onMessage(message);
    // No tab tries again, or each would take its turn at being refused.
    if (message.kind === "ended") stop.abort();
  };
  const lead = async (tell: (message: StreamMessage) => void): Promise<void> => {
    const emit = (message: StreamMessage): void => {
      tell(message);
      take(message);
    };
    await readStream(open, positions, emit, stop.signal);
  };

  const { locks } = room;
  let leading = false;
  const hear = (data: Note): void => {
    if (data.note === "message") {
      if (!leading) take(data.message);
      return;
    }
    // A tab that came later: tell it how things stand.
    if (!leading) return;
    if (state) post({ note: "message", message: state });
    if (clusters) post({ note: "message", message: { kind: "event", event: clusters } });
    for (const [cluster, { sequence }] of positions) {
      const hello = hellos.get(cluster);
      if (hello) post({ note: "message", message: { kind: "event", event: { ...hello, sequence } } });
    }
  };
  const channel = locks && room.channel?.(name, (note) => hear(note as Note));
  const post = (note: Note): void => channel?.tell(note);
  if (!locks || !channel) {
    void lead(() => undefined);
    return () => stop.abort();
  }
  locks
    .request(name, { signal: stop.signal }, async () => {
      leading = true;
      await lead((message) => {
        if (!stop.signal.aborted) post({ note: "message", message });
      });
    })
    .catch(() => undefined);
  post({ note: "ask" });
  return () => {
    stop.abort();
    channel.close();
  };
}
