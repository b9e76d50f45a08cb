import { expect, it } from "vitest";
import { application } from "#lib/model/application.fixture.ts";
import { differences } from "./same-list.ts";

it("finds rows that differ, are missing or are too many, whatever their drift and order", () => {
  const drift = { status: "Drifted", count: 1 } as const;
  expect(differences([application("a"), application("b")], [application("b", { drift }), application("a")])).toEqual(
    [],
  );
  expect(differences([application("a")], [application("a", { suspended: true })])).toEqual(["helm/shop/a"]);
  expect(differences([application("a"), application("b")], [application("b"), application("c")])).toEqual([
    "helm/shop/c",
    "helm/shop/a",
  ]);
});
