import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SequencedEvent } from "#lib/api/events.ts";
import { Coalescer } from "./coalescer.ts";
import { row } from "./row.fixture.ts";

const upsert = (sequence: number, name: string, message = ""): SequencedEvent => ({
  v: 1,
  type: "applications",
  sequence,
  upserts: [row(name, message)],
  removes: [],
});
const remove = (sequence: number, name: string): SequencedEvent => ({
  v: 1,
  type: "applications",
  sequence,
  upserts: [],
  removes: [`helm/a/${name}`],
});
const touch = (sequence: number, ...keys: string[]): SequencedEvent => ({ v: 1, type: "touched", sequence, keys });
const connection = (sequence: number): SequencedEvent => ({
  v: 1,
  type: "connection",
  sequence,
  connection: { state: "live", since: "" },
  limits: [],
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const sent: SequencedEvent[] = [];
  return { sent, coalescer: new Coalescer((event) => sent.push(event)) };
}

describe("Coalescer", () => {
  it("sends the first event at once and what follows within 100 ms as one, later rows winning", () => {
    const { sent, coalescer } = setUp();
    coalescer.push(upsert(1, "x", "old"));
    expect(sent).toEqual([upsert(1, "x", "old")]);
    coalescer.push(upsert(2, "x", "newer"));
    coalescer.push(upsert(3, "y"));
    coalescer.push(upsert(4, "x", "newest"));
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(sent[1]).toEqual({
      v: 1,
      type: "applications",
      first: 2,
      sequence: 4,
      upserts: [row("y")],
      changes: [{ key: "helm/a/x", set: { health: { status: "Healthy", message: "newest" } } }],
      removes: [],
    });
  });

  it("tells of a row that is known all fields that have changed meanwhile, also those that are again what they were", () => {
    const sent: SequencedEvent[] = [];
    const coalescer = new Coalescer((event) => sent.push(event), [row("x"), { ...row("y"), createdAt: "t" }]);
    coalescer.push(touch(1));
    coalescer.push(upsert(2, "x", "between"));
    coalescer.push({ v: 1, type: "applications", sequence: 3, upserts: [row("x"), row("y")], removes: [] });
    vi.advanceTimersByTime(100);
    expect(sent[1]).toEqual({
      v: 1,
      type: "applications",
      first: 2,
      sequence: 3,
      upserts: [],
      changes: [
        { key: "helm/a/x", set: { health: { status: "Healthy", message: "" } } },
        { key: "helm/a/y", set: {}, unset: ["createdAt"] },
      ],
      removes: [],
    });
  });

  it("tells the whole of a row that came back", () => {
    const sent: SequencedEvent[] = [];
    const coalescer = new Coalescer((event) => sent.push(event), [row("x")]);
    coalescer.push(remove(1, "x"));
    coalescer.push(upsert(2, "x", "back"));
    coalescer.push(upsert(3, "x", "changed"));
    vi.advanceTimersByTime(100);
    expect(sent[1]).toMatchObject({ upserts: [row("x", "changed")], removes: [] });
    expect(sent[1]).not.toHaveProperty("changes");
  });

  it("keeps whichever of upsert and remove came last", () => {
    const { sent, coalescer } = setUp();
    coalescer.push(touch(1));
    for (const event of [upsert(2, "x"), remove(3, "x"), remove(4, "y"), upsert(5, "y")]) coalescer.push(event);
    vi.advanceTimersByTime(100);
    expect(sent[1]).toEqual({
      v: 1,
      type: "applications",
      first: 2,
      sequence: 5,
      upserts: [row("y")],
      removes: ["helm/a/x"],
    });
  });

  it("carries touched keys along with rows, and alone when there are no rows", () => {
    const { sent, coalescer } = setUp();
    coalescer.push(touch(1, "k"));
    coalescer.push(touch(2, "k"));
    coalescer.push(touch(3, "k", "l"));
    vi.advanceTimersByTime(100);
    expect(sent[1]).toEqual({ v: 1, type: "touched", first: 2, sequence: 3, keys: ["k", "l"] });
    coalescer.push(touch(4, "k"));
    coalescer.push(upsert(5, "x"));
    vi.advanceTimersByTime(100);
    expect(sent[2]).toMatchObject({ type: "applications", first: 4, sequence: 5, touched: ["k"] });
  });

  it("sends a change of the connection at once, after what waits", () => {
    const { sent, coalescer } = setUp();
    for (const event of [touch(1), touch(2), connection(3)]) coalescer.push(event);
    expect(sent.map((event) => event.sequence)).toEqual([1, 2, 3]);
  });

  it("covers every sequence number exactly once, whatever comes", () => {
    const { sent, coalescer } = setUp();
    for (let sequence = 1; sequence <= 500; sequence += 1) {
      coalescer.push(
        sequence % 17 === 0
          ? connection(sequence)
          : sequence % 3 === 0
            ? touch(sequence, "k")
            : upsert(sequence, `n${sequence % 5}`),
      );
      if (sequence % 7 === 0) vi.advanceTimersByTime(37);
    }
    vi.advanceTimersByTime(1000);
    let last = 0;
    for (const event of sent) {
      expect("first" in event ? event.first : event.sequence).toBe(last + 1);
      last = event.sequence;
    }
    expect(last).toBe(500);
    expect(sent.length).toBeLessThan(200);
  });
});
