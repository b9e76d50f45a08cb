import { describe, expect, it } from "vitest";
import type { Application } from "../model/application.ts";
import { application } from "../model/application.fixture.ts";
import { applyEvent, touchedBy } from "./apply-event.ts";
import type { ApplicationList } from "./application-contract.ts";
import { EventLog } from "./event-log.ts";
import type { ClusterEvent } from "./events.ts";

const row = (name: string, message = ""): Application =>
  application(name, { namespace: "a", health: { status: "Healthy", message } });

const live = { state: "live", since: "t" } as const;
const list = (sequence: number, ...items: Application[]): ApplicationList => ({
  items,
  sequence,
  instance: "i1",
  connection: live,
  limits: [],
});
const rows = (sequence: number, upserts: Application[], removes: string[] = [], first?: number): ClusterEvent => ({
  v: 1,
  type: "applications",
  sequence,
  upserts,
  removes,
  ...(first === undefined ? {} : { first }),
});
const hello = (instance: string, sequence: number): ClusterEvent => ({
  v: 1,
  type: "hello",
  instance,
  sequence,
  connection: live,
  limits: [],
});

describe("applyEvent", () => {
  it("replaces, adds and removes rows, and leaves the others the same objects", () => {
    const before = list(5, row("x"), row("y"), row("z"));
    const { list: after, invalidate } = applyEvent(before, rows(6, [row("y", "new"), row("w")], ["helm/a/z"]));
    expect(invalidate).toBe(false);
    expect(after.items.map(({ name, health }) => [name, health.message])).toEqual([
      ["x", ""],
      ["y", "new"],
      ["w", ""],
    ]);
    expect(after.items[0]).toBe(before.items[0]);
    expect(after.sequence).toBe(6);
  });

  it("changes the fields of a row that are told, and takes those away that it has no more", () => {
    const before = list(5, { ...row("x"), createdAt: "t" }, row("y"));
    const event: ClusterEvent = {
      v: 1,
      type: "applications",
      sequence: 6,
      upserts: [],
      changes: [{ key: "helm/a/x", set: { suspended: true }, unset: ["createdAt"] }],
      removes: [],
    };
    const { list: after } = applyEvent(before, event);
    expect(after.items).toEqual([{ ...row("x"), suspended: true }, row("y")]);
    expect(before.items[0]?.suspended).toBe(false);
    expect(after.items[1]).toBe(before.items[1]);
    expect(touchedBy(event)).toEqual(["helm/a/x"]);
    expect(applyEvent(list(5), event).invalidate).toBe(true);
  });

  it("goes on from each list that it has made, whatever came and went before", () => {
    const change = (sequence: number, name: string, message: string): ClusterEvent => ({
      v: 1,
      type: "applications",
      sequence,
      upserts: [],
      changes: [{ key: `helm/a/${name}`, set: { health: { status: "Degraded", message } } }],
      removes: [],
    });
    const words = ({ items }: ApplicationList) => items.map(({ name, health }) => `${name} ${health.message ?? ""}`);
    const first = list(1, row("x"), row("y"));
    const second = applyEvent(first, rows(2, [row("z")])).list;
    const third = applyEvent(second, rows(3, [], ["helm/a/x"])).list;
    const fourth = applyEvent(third, change(4, "z", "4")).list;
    expect(words(applyEvent(fourth, change(5, "y", "5")).list)).toEqual(["y 5", "z 4"]);
    expect(words(second)).toEqual(["x ", "y ", "z "]);
    expect(applyEvent(first, change(2, "z", "2")).invalidate).toBe(true);
    expect(applyEvent(fourth, change(5, "x", "5")).invalidate).toBe(true);
  });

  it("passes over duplicates and what the list has already", () => {
    const before = list(5, row("x"));
    expect(applyEvent(before, rows(5, [row("x", "old")]))).toEqual({ list: before, invalidate: false });
    expect(applyEvent(before, rows(4, [row("x", "older")])).list).toBe(before);
  });

  it("asks for the list again after a gap", () => {
    const before = list(5);
    expect(applyEvent(before, rows(7, [row("x")]))).toEqual({ list: before, invalidate: true });
    expect(applyEvent(before, rows(9, [row("x")], [], 7)).invalidate).toBe(true);
  });

  it("takes a merged event that begins before the list's own sequence", () => {
    const { list: after, invalidate } = applyEvent(list(5), rows(9, [row("x")], [], 3));
    expect([after.sequence, after.items.length, invalidate]).toEqual([9, 1, false]);
  });

  it("asks for the list again when the instance is another, or the stream goes on later than the list", () => {
    expect(applyEvent(list(5), hello("i2", 0)).invalidate).toBe(true);
    expect(applyEvent(list(5), hello("i1", 6)).invalidate).toBe(true);
    expect(applyEvent(list(5), hello("i1", 5)).invalidate).toBe(false);
    expect(applyEvent(list(5), hello("i1", 3)).invalidate).toBe(false);
  });

  it("counts events that touch no row, so that the next one is no gap", () => {
    const touched = applyEvent(list(5, row("x")), { v: 1, type: "touched", sequence: 6, keys: ["helm/a/x"] }).list;
    const down = { state: "disconnected", since: "u", message: "refused" } as const;
    const disconnected = applyEvent(touched, {
      v: 1,
      type: "connection",
      sequence: 7,
      connection: down,
      limits: [],
    }).list;
    expect(disconnected.connection).toEqual(down);
    expect(applyEvent(disconnected, rows(8, [row("x", "new")])).invalidate).toBe(false);
  });
});

describe("touchedBy", () => {
  it("names each application once whose open details are stale", () => {
    const event = { ...rows(6, [row("x")], ["helm/a/y"]), touched: ["helm/a/x", "argocd/b/z"] } as ClusterEvent;
    expect(touchedBy(event)).toEqual(["helm/a/x", "helm/a/y", "argocd/b/z"]);
    expect(touchedBy(hello("i1", 1))).toEqual([]);
  });
});

describe("EventLog", () => {
  it("brings a list up to date that was asked for before an event and came after it", () => {
    const log = new EventLog();
    for (const event of [hello("i1", 4), rows(5, [row("x", "5")]), rows(6, [row("x", "6")])]) log.add(event);
    const { list: current, invalidate } = log.catchUp(list(5, row("x", "5")));
    expect([current.sequence, current.items[0]?.health.message, invalidate]).toEqual([6, "6", false]);
  });

  it("asks again for a list that is too old, or of another instance", () => {
    const log = new EventLog();
    log.add(hello("i1", 8));
    log.add(rows(9, [row("x")]));
    expect(log.catchUp(list(6)).invalidate).toBe(true);
    log.add(hello("i2", 1));
    expect(log.catchUp(list(9)).invalidate).toBe(true);
  });

  it("tells when the stream has said where it begins, and does not wait for ever", async () => {
    const log = new EventLog();
    let greeted = false;
    const waiting = log.greeted(60_000).then(() => (greeted = true));
    log.add(rows(5, [row("x")]));
    await Promise.resolve();
    expect(greeted).toBe(false);
    log.add(hello("i1", 5));
    await waiting;
    expect(greeted).toBe(true);
    await log.greeted(60_000);
    await new EventLog().greeted(1);
  });

  it("forgets the events of an instance that is gone", () => {
    const log = new EventLog();
    for (const event of [hello("i1", 1), rows(2, [row("old")]), hello("i2", 1)]) log.add(event);
    expect(log.catchUp({ ...list(1), instance: "i2" }).list.items).toEqual([]);
  });
});
