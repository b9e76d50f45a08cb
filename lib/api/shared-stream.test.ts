import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, problem } from "./errors.ts";
import type { OpenEvents, StreamMessage } from "./event-stream.ts";
import type { StreamEvent } from "./events.ts";
import { followStream, type TabRoom } from "./shared-stream.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

const hello = (instance: string, sequence: number, cluster = "c"): StreamEvent => ({
  v: 1,
  type: "hello",
  cluster,
  instance,
  sequence,
  connection: { state: "live", since: "" },
  limits: [],
});
const touched = (sequence: number, cluster = "c"): StreamEvent => ({
  v: 1,
  type: "touched",
  cluster,
  sequence,
  keys: [],
});

/** A server's side of the stream, as the page's connection sees it. */
class TestServer {
  readonly opened: (readonly string[])[] = [];
  #push: ((event: StreamEvent | "break" | "comment") => void) | undefined;
  refuse: ApiError | undefined;

  readonly open: OpenEvents = async function* (this: TestServer, after: readonly string[], signal: AbortSignal) {
    this.opened.push(after);
    if (this.refuse) throw this.refuse;
    const queue: (StreamEvent | "break" | "comment")[] = [];
    let wake = (): void => undefined;
    this.#push = (event) => {
      queue.push(event);
      wake();
    };
    signal.addEventListener("abort", () => wake());
    for (;;) {
      if (signal.aborted) throw new DOMException("", "AbortError");
      const next = queue.shift();
      if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else if (next === "break") return;
      else yield new TextEncoder().encode(next === "comment" ? ": .\n\n" : `data: ${JSON.stringify(next)}\n\n`);
    }
  }.bind(this);

  say(...events: (StreamEvent | "break" | "comment")[]): void {
    for (const event of events) this.#push?.(event);
  }
}

/** Tabs of one browser: a lock that one holds at a time, and a channel that all others hear. */
function browser(): TabRoom {
  const hearers = new Map<object, (note: unknown) => void>();
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>): Promise<void> => {
    const turn = last.then(() => (signal.aborted ? undefined : hold()));
    last = turn;
    return turn;
  };
  return {
    locks: { request } as unknown as NonNullable<TabRoom["locks"]>,
    channel: (_name, hear) => {
      const self = {};
      hearers.set(self, hear);
      return {
        tell: (note) =>
          queueMicrotask(() =>
            hearers.forEach((other, key) => (key === self ? undefined : other(structuredClone(note)))),
          ),
        close: () => hearers.delete(self),
      };
    },
  };
}

function tab(server: TestServer, room: TabRoom) {
  const heard: StreamMessage[] = [];
  const stop = followStream("n", server.open, (message) => heard.push(message), room);
  const sequences = () =>
    heard.flatMap((message) =>
      message.kind === "event" && "sequence" in message.event ? [message.event.sequence] : [],
    );
  return { heard, stop, sequences };
}

describe("followStream", () => {
  it("holds one connection for all tabs, and all hear the same", async () => {
    const server = new TestServer();
    const room = browser();
    const [one, two] = [tab(server, room), tab(server, room)];
    await settle();
    server.say(hello("i1", 4), touched(5), touched(6));
    await settle();
    expect(server.opened).toHaveLength(1);
    expect(one.sequences()).toEqual([4, 5, 6]);
    expect(two.sequences()).toEqual([4, 5, 6]);
  });

  it("tells a tab that comes later how things stand", async () => {
    const server = new TestServer();
    const room = browser();
    tab(server, room);
    await settle();
    server.say(hello("i1", 4), touched(5));
    await settle();
    const late = tab(server, room);
    await settle();
    expect(late.heard).toMatchObject([
      { kind: "state", state: "open" },
      { kind: "event", event: { type: "hello", instance: "i1", sequence: 5 } },
    ]);
  });

  it("hands the connection to another tab, which goes on where the stream was", async () => {
    const server = new TestServer();
    const room = browser();
    const [one, two] = [tab(server, room), tab(server, room)];
    await settle();
    server.say(hello("i1", 4), touched(5));
    await settle();
    one.stop();
    await settle();
    expect(server.opened).toEqual([[], ["i1:5"]]);
    server.say(hello("i1", 5), touched(6));
    await settle();
    expect(two.sequences()).toEqual([4, 5, 5, 6]);
    expect(one.sequences()).toEqual([4, 5]);
  });

  it("follows several clusters by one connection, and goes on where each of them was", async () => {
    const server = new TestServer();
    const room = browser();
    const one = tab(server, room);
    await settle();
    server.say({ v: 1, type: "clusters", clusters: ["c", "d", "e"] });
    server.say(hello("i1", 4), hello("j1", 90, "d"), hello("k1", 7, "e"), touched(91, "d"), touched(5));
    await settle();
    const late = tab(server, room);
    await settle();
    expect(late.heard.slice(1)).toMatchObject([
      { event: { type: "clusters", clusters: ["c", "d", "e"] } },
      { event: { type: "hello", cluster: "c", sequence: 5 } },
      { event: { type: "hello", cluster: "d", sequence: 91 } },
      { event: { type: "hello", cluster: "e", sequence: 7 } },
    ]);
    // Of a cluster that was left nothing is asked any more.
    server.say({ v: 1, type: "clusters", clusters: ["c", "d"] }, "break");
    await settle(500);
    expect(server.opened).toEqual([[], ["i1:5", "j1:91"]]);
    expect(one.heard.filter((message) => message.kind === "state" && message.state === "open")).toHaveLength(1);
  });

  it("has a connection of its own where the browser has no locks", async () => {
    const server = new TestServer();
    tab(server, {});
    tab(server, {});
    await settle();
    expect(server.opened).toHaveLength(2);
  });

  it("connects again after a fault, resuming, and waits longer each time", async () => {
    const server = new TestServer();
    const one = tab(server, {});
    await settle();
    server.say(hello("i1", 4), touched(5), "break");
    await settle(500);
    expect(server.opened).toEqual([[], ["i1:5"]]);
    server.refuse = new ApiError(problem(503, "unavailable", "no"));
    server.say("break");
    await settle(60_000);
    const tries = server.opened.length;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(15);
    expect(one.heard.at(-1)).toEqual({ kind: "state", state: "waiting" });
  });

  it("takes 40 s of silence for a dead connection, and a heartbeat for life", async () => {
    const server = new TestServer();
    tab(server, {});
    await settle();
    server.say(hello("i1", 4));
    for (let beats = 0; beats < 8; beats += 1) {
      await settle(15_000);
      server.say("comment");
    }
    expect(server.opened).toHaveLength(1);
    await settle(41_000);
    expect(server.opened).toEqual([[], ["i1:4"]]);
  });

  it("ends for all tabs when the session ends, and does not try again", async () => {
    const server = new TestServer();
    const room = browser();
    const [one, two] = [tab(server, room), tab(server, room)];
    await settle();
    server.say(hello("i1", 4), { v: 1, type: "session-ended", reason: "You logged out." });
    await settle();
    expect(one.heard.at(-1)).toEqual({ kind: "ended", reason: "You logged out." });
    expect(two.heard).toContainEqual({ kind: "ended", reason: "You logged out." });
    server.refuse = new ApiError(problem(401, "unauthenticated", "You are not logged in."));
    await settle(120_000);
    expect(server.opened).toHaveLength(1);
    expect(two.heard.at(-1)).toMatchObject({ kind: "ended" });
  });
});
