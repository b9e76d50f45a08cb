import { describe, expect, it } from "vitest";
import type { ActionResult } from "#lib/model/action.ts";
import type { Application } from "#lib/model/application.ts";
import { bulkLabel, countWords, runLimited, tally, type BulkLine, type Progress } from "./bulk.ts";
import { rangeBetween, withKeys } from "./selection.ts";
import { parseViews, viewQuery, withView } from "./saved-views.ts";
import { changeWords } from "./use-announced.ts";

const ref = { group: "apps", kind: "Deployment", name: "a" };
const result = (...changes: Array<"added" | "removed" | "changed" | "unchanged">): ActionResult => ({
  preview: true,
  accepted: true,
  warnings: [],
  message: "ok",
  changes: changes.map((change) => ({ ref, change })),
});
const line = (progress: Progress): BulkLine => ({ application: {} as Application, progress });

describe("runLimited", () => {
  it("works on no more than the limit at once, and on all in the end", async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    await runLimited(
      [1, 2, 3, 4, 5, 6, 7],
      3,
      async (item) => {
        now += 1;
        most = Math.max(most, now);
        await Promise.resolve();
        now -= 1;
        done.push(item);
      },
      new AbortController().signal,
    );
    expect(most).toBe(3);
    expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
  it("takes no new ones once it is stopped", async () => {
    const stop = new AbortController();
    const done: number[] = [];
    await runLimited(
      [1, 2, 3],
      1,
      async (item) => {
        done.push(item);
        stop.abort();
      },
      stop.signal,
    );
    expect(done).toEqual([1]);
  });
});

describe("a bulk", () => {
  it("counts what changes, and leaves out what is refused", () => {
    const sum = tally([
      line({ step: "ready", result: result("changed", "removed", "unchanged") }),
      line({ step: "ready", result: result("unchanged") }),
      line({ step: "refused", why: "no permission" }),
      line({ step: "looking" }),
    ]);
    expect(sum).toMatchObject({ refused: 1, looking: 1, removed: 1, changes: 2 });
    expect(bulkLabel("Sync", sum)).toBe("Sync 2 applications · 2 changes · 1 deleted");
  });
  it("says in words what a preview changes", () => {
    expect(countWords(result("added", "changed", "changed"))).toBe("1 created, 2 changed");
    expect(countWords(result("unchanged"))).toBe("Nothing changes");
  });
});

describe("a selection", () => {
  it("takes a range in either direction, and one alone where its begin is gone", () => {
    expect(rangeBetween(["a", "b", "c", "d"], "c", "a")).toEqual(["a", "b", "c"]);
    expect(rangeBetween(["a", "b"], "gone", "b")).toEqual(["b"]);
  });
  it("is changed by key", () => expect([...withKeys(new Set(["a", "b"]), ["b", "c"], false)]).toEqual(["a"]));
});

describe("saved views", () => {
  it("are read back, nonsense is left out", () => {
    const text = JSON.stringify([{ name: "a", query: "q=1" }, { name: 1 }, "x"]);
    expect(parseViews(text)).toEqual([{ name: "a", query: "q=1" }]);
    expect(parseViews("{")).toEqual([]);
    expect(parseViews(null)).toEqual([]);
  });
  it("of the same name are replaced where they stand", () =>
    expect(
      withView(
        [
          { name: "a", query: "1" },
          { name: "b", query: "2" },
        ],
        { name: "a", query: "3" },
      ),
    ).toEqual([
      { name: "a", query: "3" },
      { name: "b", query: "2" },
    ]));
  it("keep no cluster", () => expect(viewQuery("cluster=east&q=a")).toBe("q=a"));
});

describe("what a screen reader is told", () => {
  const now = (name: string, status: "Healthy" | "Degraded") =>
    ({ cluster: "c", engine: "helm", namespace: "n", name, health: { status } }) as Application;
  it("names a few, and counts many", () => {
    const before = new Map(["a", "b", "c", "d"].map((name) => [`helm/n/${name}@c`, "Healthy"]));
    expect(changeWords(before, [now("a", "Degraded"), now("b", "Healthy"), now("new", "Degraded")])).toBe(
      "a is now Degraded",
    );
    expect(
      changeWords(
        before,
        ["a", "b", "c", "d"].map((name) => now(name, "Degraded")),
      ),
    ).toBe("4 applications have changed their health");
    expect(changeWords(before, [now("a", "Healthy")])).toBeUndefined();
  });
  it("says in which of several clusters, of the one row alone", () => {
    const before = new Map(["c", "west"].map((cluster) => [`helm/n/a@${cluster}`, "Healthy"]));
    const west = { ...now("a", "Degraded"), cluster: "west" };
    expect(changeWords(before, [now("a", "Healthy"), west], true)).toBe("a in west is now Degraded");
  });
});
