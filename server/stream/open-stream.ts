/** What is open towards a browser without an end of its own. */
export interface OpenStream {
  /** Ends it; idempotent. */
  close(): void;
}

/** A byte stream towards a client that is dropped when it does not read. */
export interface ClientStream extends OpenStream {
  readonly body: ReadableStream<Uint8Array>;
  /** Queues bytes; drops the client when the limit waits for it already. Does nothing once it is closed. */
  send(bytes: Uint8Array): void;
  readonly closed: boolean;
}

/** Bytes that may wait for one client. */
export const clientBufferLimit = 1024 * 1024;

/**
 * A stream whose end is reported once, whoever ends it: we, the client that goes, or the buffer that is full.
 * @param onClose cleans up; called exactly once.
 */
export function clientStream(onClose: () => void, limit = clientBufferLimit): ClientStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let closed = false;
  const finish = (how: (open: ReadableStreamDefaultController<Uint8Array>) => void): void => {
    if (closed) return;
    closed = true;
    if (controller) how(controller);
    onClose();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(open) {
        controller = open;
      },
      cancel() {
        finish(() => undefined);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limit }),
  );
  return {
    body,
    get closed() {
      return closed;
    },
    send(bytes) {
      if (closed || !controller) return;
      // Looked at before adding, so that one large message never drops a client that keeps up.
      if ((controller.desiredSize ?? 0) > 0) controller.enqueue(bytes);
      // An error discards what waits, where closing would keep it for a reader that does not come; Next.js takes an AbortError as a client that has gone.
      else finish((open) => open.error(new DOMException("The client reads too slowly.", "AbortError")));
    },
    close() {
      finish((open) => open.close());
    },
  };
}
