import { describe, expect, it } from "vitest";
import type { FluxSource } from "#lib/model/flux-source.ts";
import { allSources, readSourceList, showSources, writeSourceList } from "./source-list.ts";
import { nextFetchWords, sizeWords } from "./source-words.ts";

const source = (name: string, parts: Partial<FluxSource> = {}): FluxSource => ({
  kind: "GitRepository",
  namespace: "flux-system",
  name,
  uid: name,
  status: { status: "Healthy" },
  suspended: false,
  held: false,
  interval: "10m0s",
  consumers: [],
  conditions: [],
  permissions: [],
  ...parts,
});

const failed = source("z", { status: { status: "Degraded", message: "Authentication failed: bad token" } });
const suspended = source("s", { status: { status: "Suspended" }, suspended: true });
const chart = source("a", { kind: "HelmChart", consumers: [{ kind: "HelmRelease", namespace: "shop", name: "till" }] });

describe("the list of sources", () => {
  const names = (state: Partial<typeof allSources>) =>
    showSources([chart, suspended, failed], { ...allSources, ...state }).rows.map(({ name }) => name);

  it("puts failures first and healthy ones last", () => {
    expect(names({})).toEqual(["z", "s", "a"]);
    expect(names({ sort: "name" })).toEqual(["a", "s", "z"]);
    expect(names({ sort: "name", descending: true })).toEqual(["z", "s", "a"]);
  });

  it("is narrowed by reason, consumer, state and kind", () => {
    expect(names({ query: "bad token" })).toEqual(["z"]);
    expect(names({ query: "shop/till" })).toEqual(["a"]);
    expect(names({ query: "-suspended" })).toEqual(["z", "a"]);
    expect(names({ status: ["Suspended"] })).toEqual(["s"]);
    expect(names({ kind: ["HelmChart"] })).toEqual(["a"]);
  });

  it("counts what a choice would show under all other choices", () => {
    const shown = showSources([chart, suspended, failed], { ...allSources, kind: ["HelmChart"] });
    expect(shown.statuses).toEqual([{ value: "Healthy", count: 1, selected: false }]);
    expect(shown.kinds).toEqual([
      { value: "GitRepository", count: 2, selected: false },
      { value: "HelmChart", count: 1, selected: true },
    ]);
  });

  it("is in the URL as a whole, without what is as always", () => {
    const state = { query: "x y", status: ["Degraded"], kind: ["Bucket"], sort: "stored", descending: true } as const;
    const written = Object.entries(writeSourceList(state)).filter((entry): entry is [string, string] => !!entry[1]);
    expect(readSourceList(new URLSearchParams(written))).toEqual(state);
    expect(Object.values(writeSourceList(allSources)).filter(Boolean)).toEqual([]);
    expect(readSourceList(new URLSearchParams("status=Nonsense&sort=-nonsense"))).toEqual(allSources);
  });
});

describe("words about sources", () => {
  const now = Date.parse("2026-03-01T09:04:00Z");

  it("say when the next fetch is, as far as it can be known", () => {
    const lastFetch = { at: "2026-03-01T09:00:00Z", what: "stored" } as const;
    expect(nextFetchWords(source("a", { lastFetch }), now)).toBe("in about 6 min");
    expect(nextFetchWords(source("a", { lastFetch }), now + 3_600_000)).toBe("within 10m");
    expect(nextFetchWords(suspended, now)).toBe("not before someone resumes it");
    expect(nextFetchWords(failed, now)).toContain("growing pauses");
    const { interval: _interval, ...passive } = source("a");
    expect(nextFetchWords(passive, now)).toBeUndefined();
  });

  it("say sizes in their largest unit", () => {
    expect([0, 915, 2305, 5_242_880].map(sizeWords)).toEqual(["0 B", "915 B", "2.3 KiB", "5.0 MiB"]);
  });
});
