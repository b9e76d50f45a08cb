import { expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { differences } from "./same-list.ts";

const row = (name: string, rest: Partial<Application> = {}): Application => ({
  cluster: "c",
  engine: "helm",
  namespace: "n",
  name,
  uid: name,
  health: { status: "Healthy" },
  sync: { status: "Synced" },
  drift: { status: "None", count: 0 },
  suspended: false,
  revision: {},
  sources: [],
  resources: {},
  reasons: [],
  ...rest,
});

it("finds rows that differ, are missing or are too many, whatever their drift and order", () => {
  const drift = { status: "Drifted", count: 1 } as const;
  expect(differences([row("a"), row("b")], [row("b", { drift }), row("a")])).toEqual([]);
  expect(differences([row("a")], [row("a", { suspended: true })])).toEqual(["helm/n/a"]);
  expect(differences([row("a"), row("b")], [row("b"), row("c")])).toEqual(["helm/n/c", "helm/n/a"]);
});
