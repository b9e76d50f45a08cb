import { firstOf, type SequencedEvent, type StreamEvent } from "#lib/api/events.ts";
import type { ClusterView } from "#server/view/view.ts";
import { Coalescer } from "./coalescer.ts";
import { ReplayBuffer } from "./replay.ts";
import { sseMessage } from "./sse.ts";

/** Takes the messages of one client. */
export interface Sink {
  send(bytes: Uint8Array): void;
  /** The view is over; the client connects again and gets another. */
  end(): void;
}

/** What of a view the stream needs. */
export type StreamedView = Pick<ClusterView, "instance" | "snapshot" | "connection" | "limits" | "subscribe" | "ended">;

/** Sends the events of one view to many clients; each message is merged and encoded once, however many they are. */
export class Broadcaster {
  readonly #view: StreamedView;
  readonly #sinks = new Set<Sink>();
  readonly #replay: ReplayBuffer;
  readonly #coalescer: Coalescer;
  readonly #unsubscribe: () => void;
  #closed = false;

  constructor(view: StreamedView) {
    this.#view = view;
    // Before anything is listened to: taking a snapshot can itself bring events about.
    const { items, sequence } = view.snapshot();
    this.#coalescer = new Coalescer((event) => this.#broadcast(event), items);
    this.#replay = new ReplayBuffer(sequence);
    this.#unsubscribe = view.subscribe((event) => {
      if (event.type !== "hello" && event.type !== "session-ended") this.#coalescer.push(event);
    });
    void view.ended.then(() => this.close());
  }

  get clients(): number {
    return this.#sinks.size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Greets a client and sends it everything from then on. With `after`, what it has seen, the stream goes on from there if it can;
   * the greeting's sequence says whether it does. Returns the detacher.
   */
  attach(sink: Sink, after?: { instance: string; sequence: number }): () => void {
    const missed = after?.instance === this.#view.instance ? this.#replay.after(after.sequence) : undefined;
    const hello: StreamEvent = {
      v: 1,
      type: "hello",
      instance: this.#view.instance,
      sequence: missed && after ? after.sequence : this.#replay.sequence,
      connection: this.#view.connection(),
      limits: this.#view.limits(),
    };
    this.#sinks.add(sink);
    sink.send(encode(hello, hello.sequence));
    for (const bytes of missed ?? []) sink.send(bytes);
    return () => this.#sinks.delete(sink);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unsubscribe();
    this.#coalescer.close();
    for (const sink of this.#sinks) sink.end();
    this.#sinks.clear();
  }

  #broadcast(event: SequencedEvent): void {
    const bytes = encode(event, event.sequence);
    this.#replay.add(firstOf(event), event.sequence, bytes);
    for (const sink of this.#sinks) sink.send(bytes);
  }
}

function encode(event: StreamEvent, sequence: number): Uint8Array {
  return sseMessage({ event: "message", id: String(sequence), data: JSON.stringify(event) });
}
