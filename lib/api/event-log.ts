import { applyEvent } from "./apply-event.ts";
import type { ApplicationList } from "./application-contract.ts";
import type { ClusterEvent, SequencedEvent } from "./events.ts";

const maxEvents = 1000;

/**
 * The latest events of one cluster. A list that was asked for before an event and arrives after it would undo the event: what was
 * missed meanwhile is applied to it from here.
 */
export class EventLog {
  #instance: string | undefined;
  #events: SequencedEvent[] = [];
  readonly #greeted: Promise<void>;
  #greet: () => void = () => undefined;

  constructor() {
    this.#greeted = new Promise((resolve) => (this.#greet = resolve));
  }

  add(event: ClusterEvent): void {
    if (event.type === "hello") {
      if (event.instance !== this.#instance) this.#events = [];
      this.#instance = event.instance;
      this.#greet();
      return;
    }
    this.#events.push(event);
    if (this.#events.length > maxEvents) this.#events.splice(0, this.#events.length - maxEvents);
  }

  /**
   * Waits until the stream has said where it begins, for a while. A list that is asked for afterwards is never older than that: one that was asked for before has to be fetched twice where anything changes
   * in between, as it does all the time while a server has just begun to read.
   */
  async greeted(patience: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([this.#greeted, new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)))]);
    clearTimeout(timer);
  }

  /** Brings a list that just arrived up to date. `invalidate` tells that it can't be: it is from another server, or too old. */
  catchUp(list: ApplicationList): { list: ApplicationList; invalidate: boolean } {
    if (this.#instance !== undefined && list.instance !== this.#instance) return { list, invalidate: true };
    let current = list;
    for (const event of this.#events) {
      const applied = applyEvent(current, event);
      if (applied.invalidate) return { list: current, invalidate: true };
      current = applied.list;
    }
    return { list: current, invalidate: false };
  }
}
