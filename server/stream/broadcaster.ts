import { firstOf, type ClusterEvent, type SequencedEvent, type StreamEvent } from "#lib/api/events.ts";
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

/** The last event that a client has seen of a view. */
export interface SeenEvent {
  readonly instance: string;
  readonly sequence: number;
}

/** What of a view the stream needs. */
export type StreamedView = Pick<
  ClusterView,
  "cluster" | "instance" | "snapshot" | "connection" | "limits" | "subscribe" | "ended"
>;

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
      if (event.type !== "hello") this.#coalescer.push(event);
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
   * Greets a client and sends it everything from then on. With `seen`, also of other views, the stream goes on from there if it can;
   * the greeting's sequence says whether it does. Returns the detacher.
   */
  attach(sink: Sink, seen: readonly SeenEvent[] = []): () => void {
    const after = seen.find(({ instance }) => instance === this.#view.instance);
    const missed = after && this.#replay.after(after.sequence);
    const hello: ClusterEvent = {
      v: 1,
      type: "hello",
      instance: this.#view.instance,
      sequence: missed && after ? after.sequence : this.#replay.sequence,
      connection: this.#view.connection(),
      limits: this.#view.limits(),
    };
    this.#sinks.add(sink);
    sink.send(this.#encode(hello));
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
    const bytes = this.#encode(event);
    this.#replay.add(firstOf(event), event.sequence, bytes);
    for (const sink of this.#sinks) sink.send(bytes);
  }

  /** Each event names its cluster, so that the same bytes serve those who follow one and those who follow all. */
  #encode(event: ClusterEvent): Uint8Array {
    const named: StreamEvent = { ...event, cluster: this.#view.cluster };
    return sseMessage({ event: "message", id: String(event.sequence), data: JSON.stringify(named) });
  }
}
