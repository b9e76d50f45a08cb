import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const rows = readFileSync(join(root, "docs", "engines.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const engines = ["Flux Kustomization", "Flux HelmRelease", "Argo CD Application", "Helm release", "kubectl apply"];

/** The tests that a cell names: `e2e/02-list`, `server/drift/drift.cluster`, `lib/model/x.test.ts`, and what stands in quotes after them. */
function testsOf(cell: string): { file: string; names: string[] }[] {
  return [...cell.matchAll(/`((?:e2e|server|lib)\/[^`]+)`([^`]*)/g)].map(([, path = "", rest = ""]) => ({
    file: path.endsWith(".ts") ? path : `${path}${path.startsWith("e2e/") ? ".spec.ts" : ".test.ts"}`,
    names: [...rest.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
  }));
}

describe("the table of engines and the tests that show them", () => {
  it("has a test in each cell of each engine", () => {
    const cells = engines.map((engine) => rows.find(([first]) => first?.startsWith(`**${engine}`))?.slice(1) ?? []);
    expect(cells.map((row) => row.map((cell) => testsOf(cell).length > 0))).toEqual(
      engines.map(() => Array.from({ length: 6 }, () => true)),
    );
  });

  it("names tests that exist", () => {
    const missing = rows
      .flatMap((row) => row.flatMap(testsOf))
      .flatMap(({ file, names }) => {
        if (!existsSync(join(root, file))) return [file];
        const text = readFileSync(join(root, file), "utf8");
        const isThere = (name: string): boolean => name.split(" … ").every((part) => text.includes(part));
        return names.filter((name) => !isThere(name)).map((name) => `${file}: ${name}`);
      });
    expect(missing).toEqual([]);
  });
});
