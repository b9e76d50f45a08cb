import { describe, expect, it } from "vitest";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { activityQuery } from "./activity-query.ts";
import { activityAnswer, overviewAnswer } from "./answers.ts";
import { Ring } from "./ring.ts";
import { trendOf } from "./trend.ts";

const now = Date.parse("2026-03-01T09:30:00Z");
const entry = (time: string, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: `${time} ${more.what ?? ""}`,
  time,
  kind: "deployment",
  result: "succeeded",
  what: "sync",
  ...more,
});
const activity = (entries: ActivityEntry[]) => ({ entries, since: "2026-03-01T09:00:00Z", notes: ["a note"] });

describe("trendOf", () => {
  it("counts by hour, the current one last, failed deployments as failures", () => {
    const { buckets } = trendOf(
      [
        entry("2026-03-01T09:10:00Z"),
        entry("2026-03-01T09:20:00Z", { result: "failed" }),
        entry("2026-03-01T08:59:59Z", { kind: "failure", result: "failed" }),
        entry("2026-03-01T08:10:00Z", { kind: "action", result: "failed" }),
        entry("2026-03-01T08:10:00Z", { kind: "failure", result: "recovered" }),
        entry("2026-02-01T08:10:00Z"),
      ],
      { step: "hour", count: 3, now },
    );
    expect(buckets).toEqual([
      { from: "2026-03-01T07:00:00.000Z", deployments: 0, failures: 0 },
      { from: "2026-03-01T08:00:00.000Z", deployments: 0, failures: 1 },
      { from: "2026-03-01T09:00:00.000Z", deployments: 1, failures: 1 },
    ]);
  });
});

describe("the answers", () => {
  it("give a page, how many fit in all, and who can be asked for", () => {
    const entries = [entry("2026-03-01T09:20:00Z", { by: "ada" }), entry("2026-03-01T09:10:00Z", { by: "grace" })];
    const { total, people, items, next } = activityAnswer(activity(entries), { filter: { person: "ada" }, limit: 1 });
    expect([total, people, items.length, next]).toEqual([1, ["ada", "grace"], 1, undefined]);
  });

  it("tell of the last hour apart", () => {
    const answer = overviewAnswer(activity([entry("2026-03-01T09:20:00Z"), entry("2026-03-01T08:20:00Z")]), now);
    expect([answer.recentTotal, answer.hours.buckets.length, answer.days.buckets.length]).toEqual([1, 24, 14]);
  });
});

describe("activityQuery", () => {
  it("reads the filter and the page, and takes an empty parameter for none", () => {
    expect(activityQuery(new URLSearchParams("kind=drift&namespace=&limit=20&before=x&cluster=a"))).toEqual({
      filter: { kind: "drift" },
      before: "x",
      limit: 20,
    });
  });

  it("refuses what is no filter", () => {
    expect(() => activityQuery(new URLSearchParams("kind=party"))).toThrow(/Invalid option/);
    expect(() => activityQuery(new URLSearchParams("limit=100000"))).toThrow(/limit/);
  });
});

describe("Ring", () => {
  it("keeps the newest, each id once", () => {
    const ring = new Ring<{ id: string; n: number }>(2);
    for (const [id, n] of [
      ["a", 1],
      ["b", 2],
      ["a", 3],
      ["c", 4],
    ] as const)
      ring.add({ id, n });
    expect([...ring.items]).toEqual([
      { id: "a", n: 3 },
      { id: "c", n: 4 },
    ]);
  });
});
