import { describe, expect, it } from "vitest";
import { scenes } from "../scenes/all.ts";
import { missingTests, readDoc, tableRows, testsOf } from "./named-tests.ts";

const rows = tableRows(readDoc("interface.md")).filter(([, by]) => by !== "shown by");
/** Taken while the cluster does not answer, which is no scene. */
const outage = ["list-disconnected", "app-disconnected"];

/** The pictures that a cell names: picture `list`, pictures `drift`, `drift-by-age`. */
function picturesOf(cell: string): string[] {
  return [...cell.matchAll(/pictures? ((?:`[^`]+`(?:, )?)+)/g)].flatMap(([, names = ""]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
}

describe("the table of what the interface promises", () => {
  it("shows each promise by a test, a picture or another page", () => {
    const unshown = rows.filter(
      ([, by = ""]) => testsOf(by).length === 0 && picturesOf(by).length === 0 && !by.includes(".md)"),
    );
    expect(unshown).toEqual([]);
    expect(rows.length).toBeGreaterThan(40);
  });

  it("names tests that exist", () => {
    expect(missingTests(rows.flat())).toEqual([]);
  });

  it("names pictures that are taken", () => {
    const known = new Set([...scenes.map(({ name }) => name), ...outage]);
    expect(rows.flatMap(([, by = ""]) => picturesOf(by)).filter((name) => !known.has(name))).toEqual([]);
  });
});
