import { describe, expect, it } from "vitest";
import { missingTests, readDoc, tableRows, testsOf } from "./named-tests.ts";

const rows = tableRows(readDoc("engines.md"));
const engines = ["Flux Kustomization", "Flux HelmRelease", "Argo CD Application", "Helm release", "kubectl apply"];

describe("the table of engines and the tests that show them", () => {
  it("has a test in each cell of each engine", () => {
    const cells = engines.map((engine) => rows.find(([first]) => first?.startsWith(`**${engine}`))?.slice(1) ?? []);
    expect(cells.map((row) => row.map((cell) => testsOf(cell).length > 0))).toEqual(
      engines.map(() => Array.from({ length: 6 }, () => true)),
    );
  });

  it("names tests that exist", () => {
    expect(missingTests(rows.flat())).toEqual([]);
  });
});
