import { expect, it } from "vitest";
import type { AutomationObject } from "#lib/model/automation.ts";
import { showAutomation } from "./automation-list.ts";

const item = (
  kind: AutomationObject["kind"],
  name: string,
  rest: Partial<AutomationObject> = {},
): AutomationObject => ({
  kind,
  namespace: "apps",
  name,
  section: kind.startsWith("Image") ? "images" : "notifications",
  uid: name,
  status: { status: "Healthy" },
  suspended: false,
  about: "",
  uses: [],
  permissions: [],
  ...rest,
});

const items = [
  item("ImagePolicy", "web", { about: "versions 2.x" }),
  item("ImageRepository", "web"),
  item("ImageRepository", "api", { status: { status: "Degraded", message: "Authentication failed" } }),
  item("Alert", "errors"),
];
const names = (query: string): string[] =>
  showAutomation(items, "images", query).map(({ kind, name }) => `${kind}/${name}`);

it("a section shows its own objects, what fails first, then by kind", () => {
  expect(names("")).toEqual(["ImageRepository/api", "ImageRepository/web", "ImagePolicy/web"]);
});

it("every word of the query must be somewhere in a row", () => {
  expect(names("web 2.X")).toEqual(["ImagePolicy/web"]);
  expect(names("authentication")).toEqual(["ImageRepository/api"]);
  expect(names("errors")).toEqual([]);
});
