import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StreamedView } from "./broadcaster.ts";
import { StreamHub } from "./hub.ts";
import { client, settle, testView } from "./hub.fixture.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("StreamHub", () => {
  it("opens a stream of a view that brings events about while its snapshot is taken", async () => {
    const hub = new StreamHub();
    const { view, say } = testView();
    const busy: StreamedView = {
      ...view,
      snapshot: () => {
        say("while-it-was-taken");
        return view.snapshot();
      },
    };
    const { heard, read } = client(hub, busy);
    void read();
    await settle();
    say("after");
    await settle(200);
    expect(heard.map(({ type }) => type)).toEqual(["hello", "applications"]);
    expect(heard[0]).toMatchObject({ sequence: 11 });
  });

  it("greets with instance and sequence, then sends the view's events, to all clients by one subscription", async () => {
    const hub = new StreamHub();
    const { view, say, listeners } = testView();
    const clients = [client(hub, view), client(hub, view)];
    for (const one of clients) void one.read();
    say("x");
    await settle(100);
    for (const { heard } of clients)
      expect(heard.map((event) => [event.type, "sequence" in event && event.sequence])).toEqual([
        ["hello", 10],
        ["applications", 11],
      ]);
    expect(listeners.size).toBe(1);
    expect(clients[0]?.response.headers.get("cache-control")).toBe("no-cache, no-transform");
  });

  it("goes on where a client was, from memory", async () => {
    const hub = new StreamHub();
    const { view, say } = testView();
    const first = client(hub, view);
    for (const name of ["a", "b", "c"]) {
      say(name);
      await settle(200);
    }
    first.gone.abort();
    const second = client(hub, view, { after: [{ instance: "i1", sequence: 11 }] });
    void second.read();
    await settle();
    expect(second.heard.map((event) => "sequence" in event && event.sequence)).toEqual([11, 12, 13]);
  });

  it("tells a client of another instance, or one that was away too long, the present sequence only", async () => {
    const hub = new StreamHub();
    const { view, say } = testView();
    client(hub, view);
    say("a");
    for (const after of [
      { instance: "other", sequence: 10 },
      { instance: "i1", sequence: 3 },
      { instance: "i1", sequence: 99 },
    ]) {
      const one = client(hub, view, { after: [after] });
      void one.read();
      await settle();
      expect(one.heard).toMatchObject([{ type: "hello", sequence: 11 }]);
    }
  });

  it("says that the session has ended, and ends", async () => {
    const hub = new StreamHub();
    const one = client(hub, testView().view);
    void one.read();
    one.sessionEnd.abort("You logged out.");
    await settle();
    expect(one.heard.at(-1)).toEqual({ v: 1, type: "session-ended", reason: "You logged out." });
    expect(one.state.closed).toBe(true);
    expect(hub.size).toBe(0);
  });

  it("looks at the session every 15 s", async () => {
    const hub = new StreamHub();
    const check = vi.fn<() => Promise<string | undefined>>(async () => undefined);
    const one = client(hub, testView().view, { check });
    void one.read();
    await settle(15_000);
    expect(check).toHaveBeenCalledOnce();
    check.mockResolvedValue("expired");
    await settle(15_000);
    expect(one.heard.at(-1)).toMatchObject({ type: "session-ended", reason: "expired" });
    await settle(60_000);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it("drops a client that does not read, and no other", async () => {
    const hub = new StreamHub();
    const { view, say } = testView();
    const slow = client(hub, view);
    const quick = client(hub, view);
    void quick.read();
    for (let count = 0; count < 40; count += 1) {
      say("big", String(count).repeat(64 * 1024));
      await settle(100);
    }
    expect(hub.size).toBe(1);
    await expect(slow.read()).rejects.toThrow("too slowly");
    expect(quick.heard).toHaveLength(41);
  });

  it("takes one large message for a client that keeps up", async () => {
    const hub = new StreamHub();
    const { view, say } = testView();
    const one = client(hub, view);
    void one.read();
    say("big", "x".repeat(5 * 1024 * 1024));
    await settle(100);
    expect(one.heard).toHaveLength(2);
  });

  it("cleans up once, whether the client cancels, aborts or both", async () => {
    const hub = new StreamHub();
    const { view, listeners } = testView();
    const one = client(hub, view);
    await one.response.body?.cancel();
    one.gone.abort();
    one.sessionEnd.abort("late");
    expect(hub.size).toBe(0);
    await settle(60_000);
    expect(listeners.size).toBe(0);
  });

  it("ends the streams of a view that ended, without ending the session", async () => {
    const hub = new StreamHub();
    const { view, end } = testView();
    const one = client(hub, view);
    void one.read();
    end();
    await settle();
    expect(one.state.closed).toBe(true);
    expect(one.heard.map((event) => event.type)).toEqual(["hello"]);
  });

  it("ends everything when the server stops, and what comes after at once", async () => {
    const hub = new StreamHub();
    const { view, listeners } = testView();
    const clients = [client(hub, view), client(hub, testView("i2").view)];
    for (const one of clients) void one.read();
    hub.closeAll();
    const late = client(hub, view);
    void late.read();
    await settle();
    expect([...clients, late].map(({ state }) => state.closed)).toEqual([true, true, true]);
    expect(hub.size).toBe(0);
    await settle(120_000);
    expect(listeners.size).toBe(0);
  });

  it("hands a log on only as fast as it is read, and stops its source when the client goes", async () => {
    const hub = new StreamHub();
    let produced = 0;
    const stopped = vi.fn();
    async function* log(): AsyncGenerator<Uint8Array> {
      for (;;) {
        produced += 1;
        yield new Uint8Array(10);
      }
    }
    const gone = new AbortController();
    const closed = vi.fn();
    const response = hub.bytes(log(), stopped, {
      sessionEnded: new AbortController().signal,
      check: async () => undefined,
      signal: gone.signal,
      closed,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(produced).toBe(2);
    expect(hub.size).toBe(1);
    gone.abort();
    expect(stopped).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledOnce();
    expect(hub.size).toBe(0);
    expect((await reader?.read())?.done).toBe(true);
  });

  it("looks every 4 s whether a log may still be read, and ends it when not", async () => {
    const hub = new StreamHub();
    async function* log(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      await new Promise<void>(() => undefined);
    }
    const check = vi.fn<() => Promise<string | undefined>>(async () => undefined);
    const response = hub.bytes(log(), () => undefined, {
      sessionEnded: new AbortController().signal,
      check,
      signal: new AbortController().signal,
      closed: () => undefined,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await settle(4_000);
    expect([check.mock.calls.length, hub.size]).toEqual([1, 1]);
    check.mockResolvedValue("needs get on pods/log in team-a");
    await settle(4_000);
    expect(hub.size).toBe(0);
    expect((await reader?.read())?.done).toBe(true);
  });
});
