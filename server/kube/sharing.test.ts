import { expect, it } from "vitest";
import { Sharing } from "./sharing.ts";

const make = (name: string) => ({
  metadata: { name, labels: { app: "x" } },
  spec: { ports: [{ port: 80, name: "http" }], probe: { path: "/healthz", deep: { a: null, b: true } } },
});

it("changes nothing about what it is given", () => {
  const sharing = new Sharing();
  for (const name of ["a", "b", "a"]) expect(sharing.share(make(name))).toEqual(make(name));
});

it("makes equal parts one, and leaves others apart", () => {
  const sharing = new Sharing();
  const a = sharing.share(make("a"));
  const b = sharing.share(make("b"));
  expect(b.spec).toBe(a.spec);
  expect(b.metadata.labels).toBe(a.metadata.labels);
  expect(b.metadata).not.toBe(a.metadata);
  const c = sharing.share({ ...make("c"), spec: { ...make("c").spec, ports: [{ port: 81, name: "http" }] } });
  expect(c.spec.ports).toEqual([{ port: 81, name: "http" }]);
  expect(c.spec.probe).toBe(a.spec.probe);
});

it("tells apart what only looks alike", () => {
  const sharing = new Sharing();
  const values = [
    { a: "1" },
    { a: 1 },
    { a: [1] },
    { a: true },
    { a: "true" },
    { a: null },
    { a: "null" },
    ["1"],
    [1],
    [],
    {},
    { "0": 1 },
  ];
  for (const value of [...values, ...values]) expect(sharing.share(structuredClone(value))).toStrictEqual(value);
});

it("does not hold on to everything that it has met", () => {
  const sharing = new Sharing();
  const first = sharing.share({ a: 1 });
  for (let index = 0; index < 200_000; index += 1) sharing.share({ index });
  expect(sharing.share({ a: 1 })).not.toBe(first);
});

it("keeps a field that every object seems to have", () => {
  const sharing = new Sharing();
  sharing.share({ a: undefined });
  expect(Object.keys(sharing.share({ constructor: undefined }))).toEqual(["constructor"]);
  const hostile = JSON.parse('{"__proto__":{"a":1},"a":2}') as object;
  expect(JSON.stringify(sharing.share(hostile))).toBe('{"__proto__":{"a":1},"a":2}');
});
