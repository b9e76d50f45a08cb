import { positionAfter, readStream, type OpenEvents, type Position, type StreamMessage } from "./event-stream.ts";
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
 * @param name differs by person and cluster. Returns what stops following.
 */
export function followStream(
  name: string,
  open: OpenEvents,
  onMessage: (message: StreamMessage) => void,
  room: TabRoom = browserRoom(),
): () => void {
  const stop = new AbortController();
  let position: Position | undefined;
  let hello: Extract<StreamEvent, { type: "hello" }> | undefined;
  let state: StreamMessage | undefined;
  const take = (message: StreamMessage): void => {
    if (message.kind === "state") state = message;
    if (message.kind === "event") {
      const { event } = message;
      position = positionAfter(position, event);
      if (event.type === "hello") hello = event;
      if (event.type === "connection" && hello)
        hello = { ...hello, connection: event.connection, limits: event.limits };
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
    await readStream(open, position, emit, stop.signal);
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
    if (hello && position)
      post({ note: "message", message: { kind: "event", event: { ...hello, sequence: position.sequence } } });
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
