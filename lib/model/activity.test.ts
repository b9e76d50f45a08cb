import { describe, expect, it } from "vitest";
import { activityCursor, activityPage, matchesActivity, newestFirst, type ActivityEntry } from "./activity.ts";

const entry = (id: string, time: string, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  time,
  kind: "deployment",
  result: "succeeded",
  what: "sync",
  application: { engine: "argocd", namespace: "shop", name: "storefront" },
  ...more,
});

describe("the order of activity", () => {
  it("is newest first, also where some times have fractions of a second", () => {
    const sorted = newestFirst([
      entry("a", "2026-03-01T09:00:00Z"),
      entry("b", "2026-03-01T09:00:00.500Z"),
      entry("c", "2026-03-01T10:00:00+02:00"),
    ]);
    expect(sorted.map(({ id }) => id)).toEqual(["b", "a", "c"]);
  });
});

describe("activityPage", () => {
  const all = ["e", "d", "c", "b", "a"].map((id, index) =>
    entry(id, `2026-03-01T09:0${5 - Math.floor(index / 2)}:00Z`),
  );
  const sorted = newestFirst(all);

  it("goes through everything once, entries of one moment too", () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = activityPage(sorted, cursor, 2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(sorted.map(({ id }) => id));
  });

  it("goes on where the cursor's entry was, when that is gone and new ones have come", () => {
    const [first, second, third] = sorted as [ActivityEntry, ActivityEntry, ActivityEntry];
    const later = [entry("new", "2026-03-01T10:00:00Z"), first, third];
    expect(activityPage(later, activityCursor(second), 2).items).toEqual([third]);
  });
});

describe("matchesActivity", () => {
  const one = entry("x", "2026-03-01T09:00:00Z", { by: "ada", message: "applied revision main@4a637a6" });

  it("wants all that is asked for", () => {
    expect(matchesActivity(one, { kind: "deployment", engine: "argocd", namespace: "shop", person: "ada" })).toBe(true);
    expect(matchesActivity(one, { kind: "deployment", engine: "helm" })).toBe(false);
    expect(matchesActivity(one, { person: "grace" })).toBe(false);
    expect(matchesActivity(one, { application: "argocd/shop/storefront" })).toBe(true);
    expect(matchesActivity(one, { application: "argocd/shop/checkout" })).toBe(false);
  });

  it("finds words anywhere in the entry, in any order", () => {
    expect(matchesActivity(one, { q: "4A637 storefront" })).toBe(true);
    expect(matchesActivity(one, { q: "storefront failed" })).toBe(false);
  });

  it("counts an action on a source to the namespace of that source", () => {
    const { application: _none, ...rest } = one;
    const onSource = { ...rest, about: { group: "", kind: "GitRepository", namespace: "flux-system", name: "shop" } };
    expect(matchesActivity(onSource, { namespace: "flux-system" })).toBe(true);
    expect(matchesActivity(onSource, { engine: "argocd" })).toBe(false);
  });
});
