import { expect, it } from "vitest";
import { application } from "#lib/model/application.fixture.ts";
import { firstRows } from "./first-rows.ts";

const items = Array.from({ length: 100 }, (_, index) =>
  application(`app-${index}`, index === 70 ? { health: { status: "Degraded" } } : {}),
);
const rowsOf = (query: string) => firstRows(items, new URLSearchParams(query));

it("a page begins with the rows that its list begins with, and with the counts of all", () => {
  const first = rowsOf("");
  expect(first?.rows[0]?.name).toBe("app-70");
  expect(first?.rows).toHaveLength(28);
  expect(first).toMatchObject({ shown: 100, total: 100 });
  expect(first?.facets.health).toContainEqual({ value: "Degraded", count: 1, selected: false });
});

it("a search counts for the first rows, too", () => {
  expect(rowsOf("q=health:degraded")).toMatchObject({ shown: 1, total: 100 });
});

it("a beginning of groups or cards, or of nothing, would say something wrong", () => {
  expect(rowsOf("group=namespace")).toBeUndefined();
  expect(rowsOf("view=cards")).toBeUndefined();
  expect(firstRows([], new URLSearchParams())).toBeUndefined();
});
