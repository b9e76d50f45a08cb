import type { OpenStream } from "./open-stream.ts";

/** A byte stream that is read from a source as fast as the client reads it, and no faster. */
export interface PipedStream extends OpenStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly closed: boolean;
}

/**
 * @param source read one chunk at a time; a fault in the middle ends the stream, because its status has been sent.
 * @param onClose called exactly once, whoever ends it: the source, the client or we.
 */
export function pipedStream(source: AsyncIterable<Uint8Array>, onClose: () => void): PipedStream {
  const chunks = source[Symbol.asyncIterator]();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let closed = false;
  const finish = (): void => {
    if (closed) return;
    closed = true;
    onClose();
    // Not awaited: a source that hangs must not hold up the end.
    chunks.return?.().catch(() => undefined);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(open) {
        controller = open;
      },
      async pull(open) {
        const next = await chunks.next().catch(() => ({ done: true as const, value: undefined }));
        if (closed) return;
        if (!next.done) {
          open.enqueue(next.value);
          return;
        }
        open.close();
        finish();
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  );
  return {
    body,
    get closed() {
      return closed;
    },
    close() {
      if (closed) return;
      controller?.close();
      finish();
    },
  };
}
