import { describe, expect, it } from "vitest";
import { application } from "#lib/model/application.fixture.ts";
import { columnsFor, columnsOf, columnTier, columnTracks } from "./columns.ts";
import { emptyState } from "./filter.ts";
import { groupableLabels, groupingOf, groupingsFor, groupRows } from "./group.ts";
import { allOf, groupLines, keysOf, rowLines } from "./lines.ts";
import { readListState, widened, writeListState } from "./list-url.ts";

const rows = [
  application("broken", { namespace: "b", health: { status: "Degraded" }, labels: { team: "red", id: "1" } }),
  application("fine", { namespace: "a", labels: { team: "red" } }),
  application("late", {
    namespace: "a",
    health: { status: "Progressing" },
    managedBy: { engine: "argocd", namespace: "argocd", name: "root" },
  }),
  application("also-fine", { namespace: "b", labels: { team: "blue" } }),
];

describe("groups", () => {
  it("come in the order of their first row, with their worst and their counts", () => {
    const groups = groupRows(rows, "namespace");
    expect(groups.map(({ key, worst, counts }) => [key, worst, counts])).toEqual([
      [
        "b",
        "Degraded",
        [
          ["Degraded", 1],
          ["Healthy", 1],
        ],
      ],
      [
        "a",
        "Progressing",
        [
          ["Progressing", 1],
          ["Healthy", 1],
        ],
      ],
    ]);
  });
  it("go by owner and label, and put those without one together", () => {
    expect(groupRows(rows, "owner").map(({ label }) => label)).toEqual(["Managed by nothing else", "argocd/root"]);
    expect(groupRows(rows, "label:team").map(({ label, rows }) => [label, rows.length])).toEqual([
      ["red", 2],
      ["Without team", 1],
      ["blue", 1],
    ]);
  });
  it("go by cluster where there are several", () => {
    const [row] = rows;
    const elsewhere = row ? [{ ...row, cluster: "west" }] : [];
    expect(groupRows([...rows, ...elsewhere], "cluster").map(({ label, rows: own }) => [label, own.length])).toEqual([
      ["c", 4],
      ["west", 1],
    ]);
    expect([groupingsFor(true).includes("cluster"), groupingsFor(false).includes("cluster")]).toEqual([true, false]);
  });
  it("are offered by labels that several rows have", () => expect(groupableLabels(rows)).toEqual(["team"]));
  it("are read from the URL, nonsense is none", () => {
    expect(["engine", "label:team", "label:", "size", null].map(groupingOf)).toEqual([
      "engine",
      "label:team",
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("lines", () => {
  it("hold as many rows as stand beside one another", () =>
    expect(allOf(rowLines(rows, 3)).map((line) => keysOf(line).length)).toEqual([3, 1]));
  it("are made when they are looked at, and of thousands no others", () => {
    const looked = new Set<string>();
    const many = Array.from({ length: 17_500 }, (_, index) => application(`app-${index}`));
    const watched = new Proxy(many, {
      get: (list, key) => {
        if (typeof key === "string" && /^\d+$/.test(key)) looked.add(key);
        return Reflect.get(list, key) as unknown;
      },
    });
    const lines = rowLines(watched, 1);
    expect(lines.length).toBe(17_500);
    expect(lines.at(9_000)?.key).toBe("helm/shop/app-9000@c");
    expect([...looked]).toEqual(["9000"]);
    expect(lines.at(17_500)).toBeUndefined();
  });
  it("of a folded group are its head alone", () => {
    const lines = groupLines(groupRows(rows, "namespace"), new Set(["b"]), 1);
    expect(lines.flatMap(keysOf)).toEqual(["group:b", "group:a", "helm/a/fine@c", "helm/a/late@c"]);
  });
});

describe("columns", () => {
  it("are known ones in their own order, the name always among them", () =>
    expect(columnsOf(["sync", "nonsense", "labels", "engine"])).toEqual(["name", "engine", "sync", "labels"]));
  it("say the cluster where there are several, and only there", () => {
    expect(columnsFor(true).usual.slice(0, 3)).toEqual(["name", "cluster", "namespace"]);
    expect(columnsFor(false).all).not.toContain("cluster");
  });
  it.each([true, false])("take as many tracks as cells are shown, at any width (several clusters: %s)", (across) => {
    const { usual } = columnsFor(across);
    const tracks = columnTracks(usual);
    for (const [tier, fits] of [
      ["--wide", ["wide", "middle", "narrow"]],
      ["--middle", ["middle", "narrow"]],
      ["--narrow", ["narrow"]],
    ] as const) {
      const shown = usual.filter((id) => (fits as readonly string[]).includes(columnTier(id)));
      expect(tracks[tier].split(" ")).toHaveLength(1 + shown.length);
    }
  });
});

describe("the URL", () => {
  it("holds groups, folds, columns and the view, and reads them back", () => {
    const state = {
      ...emptyState,
      group: "label:team" as const,
      folded: ["red, dark", ""],
      columns: columnsOf(["sync"]),
      view: "cards" as const,
    };
    const url = writeListState(state, new URLSearchParams());
    expect(readListState(new URLSearchParams(url))).toEqual(state);
    expect(url).toContain("group=label:team");
  });
  it("says nothing about what is as always", () =>
    expect(writeListState(widened(emptyState), new URLSearchParams())).toBe(""));
});
