import { expect, it } from "vitest";
import { UnitIndex } from "./unit-index.ts";

const deployment = "apps/Deployment/n/web";
const service = "/Service/n/web";

it("knows the units of an object, one or several", () => {
  const index = new UnitIndex();
  index.set("a", new Set([deployment, service]));
  expect([...index.unitsOf(deployment)]).toEqual(["a"]);
  index.set("b", new Set([deployment]));
  index.set("c", new Set([deployment]));
  expect([...index.unitsOf(deployment)]).toEqual(["a", "b", "c"]);
  expect([...index.unitsOf(service)]).toEqual(["a"]);
});

it("forgets what a unit looks at no longer, and nothing of the others", () => {
  const index = new UnitIndex();
  index.set("a", new Set([deployment, service]));
  index.set("b", new Set([deployment]));
  index.set("a", new Set([service]));
  expect([...index.unitsOf(deployment)]).toEqual(["b"]);
  index.set("b", new Set());
  expect([...index.unitsOf(deployment)]).toEqual([]);
  expect([...index.unitsOf(service)]).toEqual(["a"]);
  index.delete("a");
  expect([...index.unitsOf(service)]).toEqual([]);
});

it("finds an object again that a unit looks at anew", () => {
  const index = new UnitIndex();
  index.set("a", new Set([deployment]));
  index.set("a", new Set([service]));
  index.set("a", new Set([deployment, service]));
  expect([...index.unitsOf(deployment)]).toEqual(["a"]);
  index.set("a", new Set([deployment, service]));
  expect([...index.unitsOf(service)]).toEqual(["a"]);
});

it("knows the units that look at objects of a kind", () => {
  const index = new UnitIndex();
  index.set("a", new Set([deployment]));
  index.set("b", new Set([service]));
  expect([...index.unitsOfKind({ group: "apps", kind: "Deployment" })]).toEqual(["a"]);
  expect([...index.unitsOfKind({ group: "", kind: "Service" })]).toEqual(["b"]);
});
