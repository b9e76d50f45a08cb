import { expect, test } from "vitest";
import { measureLists } from "./lists.ts";
import type { BenchSession } from "./session.ts";

/** A server cannot be had that takes a known time: this one says how long it took. */
function sessionThatTakes(times: Record<string, number>): BenchSession {
  return {
    cookie: "",
    get: () => Promise.reject(new Error("not asked")),
    list: (query = "") =>
      Promise.resolve({ list: { items: [] } as never, milliseconds: times[query.replace("?engine=", "")] ?? 0 }),
  };
}

test("a list is compared with each program that was measured, by the fastest run", async () => {
  const [helm, kustomizations] = await measureLists(sessionThatTakes({ helm: 20, "flux-kustomization": 10 }), [
    { what: "`helm ls -A`", unit: "ms", values: [3_000, 2_000] },
    { what: "`kubectl get kustomizations -A`", unit: "ms", values: [300] },
    { what: "`flux get kustomizations -A`", unit: "ms", values: [250] },
  ]);
  expect(helm).toMatchObject({ wanted: 150, note: "`helm ls` takes 100.0 times as long" });
  expect(kustomizations?.note).toBe("`kubectl get` takes 30.0 times as long, `flux get` takes 25.0 times as long");
});

test("a program that was not measured in this run is not compared", async () => {
  const figures = await measureLists(sessionThatTakes({ helm: 20, "flux-kustomization": 10 }), []);
  expect(figures.map(({ note }) => note)).toEqual(["", ""]);
});
