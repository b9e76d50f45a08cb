import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";
import { applyList, emptyState, matchesQuery, readAhead, sorts, type ListState } from "./filter.ts";
import { isNarrowed, readListState, toggleFacet, writeListState } from "./list-url.ts";
import { mainReason } from "./main-reason.ts";

const names = (items: Application[], state: Partial<ListState> = {}) =>
  applyList(items, { ...emptyState, ...state }).rows.map((row) => row.name);
const select = (facet: "health" | "engine" | "namespace", ...values: string[]) => ({
  ...emptyState.selected,
  [facet]: values,
});

describe("order", () => {
  it("puts the worst first and breaks ties by name, numbers by value", () => {
    const items = [
      application("b"),
      application("app-10"),
      application("app-9"),
      application("late", { health: { status: "Progressing" } }),
      application("broken", { health: { status: "Degraded" } }),
      application("behind", { sync: { status: "OutOfSync" } }),
      application("drifted", { drift: { status: "Drifted", count: 1 } }),
    ];
    expect(names(items)).toEqual(["broken", "late", "behind", "drifted", "app-9", "app-10", "b"]);
  });
  it("sorts by newest deployment, and turns around when asked", () => {
    const items = [
      application("old", { lastDeployedAt: "2026-01-01T00:00:00Z" }),
      application("new", { lastDeployedAt: "2026-02-01T00:00:00Z" }),
      application("never"),
    ];
    expect(names(items, { sort: "deployed" })).toEqual(["new", "old", "never"]);
    expect(names(items, { sort: "deployed", descending: true })).toEqual(["never", "old", "new"]);
  });
});

describe("the beginning of a list", () => {
  const items = Array.from({ length: 300 }, (_, index) =>
    application(`app-${(index * 7) % 300}`, {
      health: { status: index % 5 === 0 ? "Degraded" : "Healthy" },
      engine: index % 2 === 0 ? "helm" : "argocd",
      lastDeployedAt: `2026-01-${String((index % 28) + 1).padStart(2, "0")}T00:00:00Z`,
    }),
  );
  const states: Array<Partial<ListState>> = [
    {},
    { query: "9" },
    { selected: select("engine", "helm"), descending: true },
    ...sorts.flatMap((sort) => [{ sort }, { sort, descending: true }]),
  ];
  it.each(states)("is that of the whole list, and so are the counts: %o", (state) => {
    const whole = applyList(items, { ...emptyState, ...state });
    const begun = applyList(items, { ...emptyState, ...state }, 20);
    expect(begun.rows.slice(0, 20)).toEqual(whole.rows.slice(0, 20));
    expect(begun.rows.length).toBe(whole.rows.length);
    expect(begun.facets).toEqual(whole.facets);
  });
  it("does not put in order what comes after it", () => {
    const read = new Set<string>();
    const told = items.map(
      (item) =>
        new Proxy(item, {
          get: (target, name: keyof Application) => (name === "name" && read.add(item.name), target[name]),
        }),
    );
    applyList(told, emptyState, 20);
    expect(read.size).toBe(60);
  });
});

describe("facets", () => {
  const items = [
    application("a", { engine: "helm", health: { status: "Degraded" } }),
    application("b", { engine: "argocd", health: { status: "Degraded" } }),
    application("c", { engine: "argocd" }),
  ];
  it("counts what each value would show under the other facets' choice", () => {
    const { rows, facets } = applyList(items, { ...emptyState, selected: select("engine", "argocd") });
    expect(rows.map((row) => row.name)).toEqual(["b", "c"]);
    expect(facets.engine).toEqual([
      { value: "argocd", count: 2, selected: true },
      { value: "helm", count: 1, selected: false },
    ]);
    expect(facets.health.map((each) => [each.value, each.count])).toEqual([
      ["Degraded", 1],
      ["Healthy", 1],
    ]);
  });
  it("keeps a chosen value that no row has", () => {
    const { rows, facets } = applyList(items, { ...emptyState, selected: select("namespace", "gone") });
    expect(rows).toEqual([]);
    expect(facets.namespace).toContainEqual({ value: "gone", count: 0, selected: true });
  });
});

describe("rows of several clusters", () => {
  const items = [application("shop", { cluster: "west" }), application("shop", { cluster: "east" }), application("b")];
  it("are counted and narrowed by cluster, and stand apart where their names are the same", () => {
    const { rows, facets } = applyList(items, emptyState);
    expect(rows.map(({ name, cluster }) => [name, cluster])).toEqual([
      ["b", "c"],
      ["shop", "east"],
      ["shop", "west"],
    ]);
    expect(facets.cluster.map(({ value, count }) => [value, count])).toEqual([
      ["c", 1],
      ["east", 1],
      ["west", 1],
    ]);
    expect(names(items, { selected: { ...emptyState.selected, cluster: ["east", "c"] }, sort: "cluster" })).toEqual([
      "b",
      "shop",
    ]);
  });
  it("are found by their cluster's name as by any other word; the name of the only cluster finds nothing", () => {
    expect(applyList(items, { ...emptyState, query: "shop west" }).rows.map(({ cluster }) => cluster)).toEqual([
      "west",
    ]);
    expect(names([application("shop", { cluster: "west" })], { query: "west" })).toEqual([]);
  });
});

describe("search", () => {
  const one = application("doc-router", {
    namespace: "production",
    reasons: [{ about: "health", text: "worker: CrashLoopBackOff" }],
    health: { status: "Degraded" },
  });
  it("finds words in any order in name, namespace and reason", () =>
    expect(matchesQuery(one, "crashloop PROD doc")).toBe(true));
  it("leaves out what has a minus before it", () => expect(matchesQuery(one, "doc -crashloop")).toBe(false));
  it("does not match when a word is missing", () => expect(matchesQuery(one, "doc billing")).toBe(false));
});

describe("the URL", () => {
  it("reads back what it writes and leaves other parameters alone", () => {
    const state = toggleFacet(
      { ...emptyState, query: "a b", sort: "deployed", descending: true },
      "health",
      "Degraded",
    );
    const url = writeListState(toggleFacet(state, "health", "Missing"), new URLSearchParams("cluster=east"));
    expect(url).toBe("cluster=east&q=a+b&health=Degraded,Missing&sort=-deployed");
    expect(writeListState(readListState(new URLSearchParams(url)), new URLSearchParams("cluster=east"))).toBe(url);
  });
  it("keeps apart which clusters are shown and to which of them the list is narrowed, whatever their names hold", () => {
    const state = toggleFacet(toggleFacet(emptyState, "cluster", "arn:aws:eks:eu:1:cluster/a,b"), "cluster", "west");
    const url = writeListState(state, new URLSearchParams("cluster=*"));
    expect(url).toContain("cluster=*&in=");
    expect(readListState(new URLSearchParams(url)).selected.cluster).toEqual(["arn:aws:eks:eu:1:cluster/a,b", "west"]);
  });
  it("is empty for a list that nobody narrowed", () => {
    expect(writeListState(emptyState, new URLSearchParams())).toBe("");
    expect(isNarrowed(readListState(new URLSearchParams("sort=nonsense")))).toBe(false);
  });
});

describe("the reason in the row", () => {
  it("is about health when health is bad", () => {
    const reasons = [
      { about: "drift" as const, text: "replicas" },
      { about: "health" as const, text: "exit 1" },
    ];
    expect(mainReason(application("a", { health: { status: "Degraded" }, reasons }))?.text).toBe("exit 1");
  });
  it("falls back to the health message", () =>
    expect(mainReason(application("a", { health: { status: "Missing", message: "not there" } }))?.text).toBe(
      "not there",
    ));
  it("is about drift for a healthy one that drifted", () => {
    expect(
      mainReason(
        application("a", { drift: { status: "Drifted", count: 1 }, reasons: [{ about: "drift", text: "replicas" }] }),
      )?.text,
    ).toBe("replicas");
  });
  it("names the first field of a drift that no reason tells of", () => {
    const top = {
      ref: { group: "apps", kind: "Deployment", name: "api" },
      path: "spec.replicas",
      from: "2",
      to: "4",
      manager: "kubectl",
    };
    expect(mainReason(application("a", { drift: { status: "Drifted", count: 1, top } }))?.text).toBe(
      "Deployment/api: spec.replicas 2 → 4 by kubectl",
    );
  });
  it("is absent when nothing is wrong", () => expect(mainReason(application("a"))).toBeUndefined());
});

describe("work that is done once", () => {
  /** Rows that count how often what they are sorted by, and what is searched, is looked at. */
  const counted = (names: string[]) => {
    const looks = { deployed: 0, labels: 0 };
    const items = names.map((name): Application => ({
      ...application(name),
      get lastDeployedAt() {
        looks.deployed += 1;
        return "2026-01-01T00:00:00Z";
      },
      get labels() {
        looks.labels += 1;
        return { team: "blue" };
      },
    }));
    return { items, looks };
  };

  it("puts a list in order once, and not with every letter of a search", () => {
    const { items, looks } = counted(["two", "one", "xyz"]);
    const state: ListState = { ...emptyState, sort: "deployed" };
    expect(names(items, state)).toEqual(["one", "two", "xyz"]);
    expect(looks.deployed).toBe(3);
    expect(names(items, { ...state, query: "xyz" })).toEqual(["xyz"]);
    expect(names(items, { ...state, query: "team=b" })).toEqual(["one", "two", "xyz"]);
    expect(looks.deployed).toBe(3);
    expect(names(items, { ...state, descending: true })).toEqual(["one", "two", "xyz"]);
    expect(looks.deployed).toBe(6);
  });

  it("reads a row for searches once, ahead of the first where there is time", () => {
    const { items, looks } = counted(["left", "right"]);
    expect(readAhead(items, () => false)).toBe(false);
    expect(looks.labels).toBe(0);
    expect(readAhead(items, () => true)).toBe(true);
    expect(looks.labels).toBe(2);
    expect(names(items, { query: "blue" })).toEqual(["left", "right"]);
    expect(names(items, { query: "blue left" })).toEqual(["left"]);
    expect(looks.labels).toBe(2);
  });
});
