import { describe, expect, it } from "vitest";
import type { Application } from "../model/application.ts";
import { applicationQuery } from "./application-query.ts";
import { nearest } from "./nearest.ts";
import { parseQuery, quoteValue } from "./query.ts";
import { suggest } from "./suggest.ts";

const base: Application = {
  cluster: "c",
  engine: "helm",
  namespace: "production",
  name: "doc-router",
  uid: "1",
  health: { status: "Degraded" },
  sync: { status: "OutOfSync" },
  drift: { status: "Drifted", count: 1 },
  suspended: true,
  revision: { applied: "main@sha1:4a637a6" },
  sources: [{ kind: "GitRepository", name: "fleet", url: "https://git.example.com/fleet.git", path: "./apps" }],
  managedBy: { engine: "flux-kustomization", namespace: "flux-system", name: "root" },
  resources: {},
  reasons: [],
  labels: { tier: "web", "app.kubernetes.io/part-of": "doc router" },
};
const text = "doc-router\nproduction\nworker: crashloopbackoff";
const found = (typed: string) => applicationQuery(typed).matches(base, text);
const mistakes = (typed: string) => applicationQuery(typed).mistakes.map((mistake) => mistake.text);

describe("parseQuery", () => {
  it("parts words by blanks, keeps quotes together and knows where each stands", () => {
    expect(parseQuery('a  ns:"b c" -d:e,f').terms).toEqual([
      { values: ["a"], negated: false, quoted: false, start: 0, end: 1 },
      { values: ["b c"], field: "ns", negated: false, quoted: true, start: 3, end: 11 },
      { values: ["e", "f"], field: "d", negated: true, quoted: false, start: 12, end: 18 },
    ]);
  });
  it("takes digests and addresses for words, and a lone minus too", () => {
    expect(parseQuery("sha256:ab https://x -").terms.map(({ field, values }) => [field, values[0]])).toEqual([
      [undefined, "sha256:ab"],
      [undefined, "https://x"],
      [undefined, "-"],
    ]);
  });
  it("reads back what quoteValue writes", () => {
    for (const value of ["plain", "two words", "a,b"])
      expect(parseQuery(`x:${quoteValue(value)}`).terms[0]?.values).toEqual([value]);
  });
});

describe("a search", () => {
  it("needs every free word, in any order", () => {
    expect(found("crashloop doc")).toBe(true);
    expect(found("crashloop billing")).toBe(false);
    expect(found("-crashloop")).toBe(false);
  });
  it.each([
    "cluster:c",
    "ns:prod",
    "namespace:production",
    "health:degraded",
    "health:deg,missing",
    "status:Degraded",
    "drift:yes",
    "sync:outofsync",
    "engine:helm",
    "-engine:argocd",
    "is:suspended",
    "source:fleet",
    "repo:git.example.com",
    "label:tier",
    "label:tier=web",
    'label:"app.kubernetes.io/part-of=doc router"',
    "owner:root",
    "owner:flux-system/root",
    "rev:4a637a6",
    "-ns:kube-system",
    'name:"doc-router"',
    "ns:prod health:degraded drift:yes engine:helm",
  ])("finds the row by %s", (typed) => expect(found(typed)).toBe(true));
  it.each([
    "cluster:other",
    "ns:staging",
    "health:healthy",
    "drift:no",
    'ns:"prod"',
    "-is:suspended",
    "label:tier=db",
    "engine:flux",
  ])("does not find it by %s", (typed) => expect(found(typed)).toBe(false));
  it("ignores a field that has no value yet", () => expect(found("ns:")).toBe(true));
});

describe("a mistake", () => {
  it("in a field's name is explained with the nearest one, and searched as text", () => {
    expect(mistakes("helth:degraded")).toEqual([
      "There is no field “helth”: it is searched as text. Do you mean health:?",
    ]);
    expect(applicationQuery("worker:x").matches(base, "worker:x")).toBe(true);
  });
  it("in a word names what it can be", () =>
    expect(mistakes("sync:maybe")).toEqual(["sync is never “maybe”. It is one of Synced, OutOfSync, Unknown."]));
  it("of an open quote is named", () => expect(mistakes('ns:"prod')).toHaveLength(1));
  it("is none where all is well", () => expect(mistakes("ns:prod -health:healthy drift:yes word")).toEqual([]));
});

describe("suggestions", () => {
  const items = [
    base,
    { ...base, namespace: "staging", name: "other", health: { status: "Healthy" as const } },
    { ...base, uid: "3" },
  ];
  it("are fields by what was begun, other names included", () =>
    expect(suggest("na", 2, items).map(({ label }) => label)).toEqual(["ns:", "name:"]));
  it("are clusters where there is more than one", () => {
    const elsewhere = { ...base, cluster: "west" };
    expect(suggest("clu", 3, items)).toEqual([]);
    expect(suggest("clu", 3, [...items, elsewhere]).map(({ label }) => label)).toEqual(["cluster:"]);
    expect(suggest("cluster:w", 9, [...items, elsewhere]).map(({ label }) => label)).toEqual(["west"]);
  });
  it("are a field's values with how many have them, the commonest first", () =>
    expect(suggest("ns:", 3, items).map(({ label, hint }) => [label, hint])).toEqual([
      ["production", "2 applications"],
      ["staging", "1 application"],
    ]));
  it("go into the text at the caret and leave the rest", () => {
    const [first] = suggest("a -ns:st b", 8, items);
    expect(first).toMatchObject({ text: "a -ns:staging b", caret: 13 });
    expect(suggest("health:degraded,he", 18, items)[0]?.text).toBe("health:degraded,healthy ");
  });
  it("are none for a field that does not exist", () => expect(suggest("x:y", 3, items)).toEqual([]));
});

it("the nearest word is at most two slips away", () => {
  expect(nearest("helth", ["health", "sync"])).toBe("health");
  expect(nearest("zzz", ["health", "sync"])).toBeUndefined();
});
