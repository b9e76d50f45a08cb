import { describe, expect, it } from "vitest";
import type { ActivityEntry } from "#lib/model/activity.ts";
import type { Revision } from "#lib/model/revision.ts";
import { mergeTimeline } from "./timeline.ts";

const revision = (id: string, more: Partial<Revision> = {}): Revision => ({
  id,
  revision: id,
  deployedAt: `2026-03-01T0${id}:00:00Z`,
  current: false,
  restorable: true,
  ...more,
});
const event = (id: string, time: string, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  time: `2026-03-01T${time}:00Z`,
  kind: "action",
  result: "requested",
  what: "sync",
  ...more,
});
const shown = (items: ReturnType<typeof mergeTimeline>) =>
  items.map((item) => (item.kind === "revision" ? item.revision.id : item.entry.id));

describe("mergeTimeline", () => {
  it("puts what happened between the deployments that it happened between", () => {
    const items = mergeTimeline(
      [revision("3"), revision("2"), revision("1")],
      [event("after", "04:00"), event("between", "02:30"), event("before", "00:10")],
    );
    expect(shown(items)).toEqual(["after", "3", "between", "2", "1", "before"]);
  });

  it("does not tell a deployment twice, but keeps an attempt that left no revision", () => {
    const items = mergeTimeline(
      [revision("1")],
      [
        event("attempt", "02:00", { kind: "deployment", result: "failed" }),
        event("told", "01:00", { kind: "deployment", result: "succeeded", revisionId: "1" }),
      ],
    );
    expect(shown(items)).toEqual(["attempt", "1"]);
  });

  it("keeps the engine's order where a revision has no time", () => {
    const { deployedAt: _none, ...undated } = revision("2");
    expect(shown(mergeTimeline([undated, revision("1")], [event("later", "05:00")]))).toEqual(["2", "later", "1"]);
  });

  it("offers the changes against the revision below, where both are known", () => {
    const items = mergeTimeline([revision("3"), revision("2"), revision("1", { comparable: false })], []);
    expect(items.map((item) => item.kind === "revision" && item.previous?.id)).toEqual(["2", undefined, undefined]);
  });
});
