import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A page of the documentation. */
export function readDoc(name: string): string {
  return readFileSync(join(root, "docs", name), "utf8");
}

/** The rows of all tables of a text, as cells; rows without a first cell are heads. */
export function tableRows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The tests that a cell names: `e2e/02-list`, `server/drift/drift.cluster`, `lib/model/x.test.ts`, and what stands in quotes after them. */
export function testsOf(cell: string): { file: string; names: string[] }[] {
  return [...cell.matchAll(/`((?:e2e|server|lib|components)\/[^`]+)`([^`]*)/g)].map(([, path = "", rest = ""]) => ({
    file: path.endsWith(".ts") ? path : `${path}${path.startsWith("e2e/") ? ".spec.ts" : ".test.ts"}`,
    names: [...rest.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
  }));
}

/** What of the named tests does not exist: files, and words that no test of the file has. " … " stands for words that are left out. */
export function missingTests(cells: readonly string[]): string[] {
  return cells.flatMap(testsOf).flatMap(({ file, names }) => {
    if (!existsSync(join(root, file))) return [file];
    const text = readFileSync(join(root, file), "utf8");
    const isThere = (name: string): boolean => name.split(" … ").every((part) => text.includes(part));
    return names.filter((name) => !isThere(name)).map((name) => `${file}: ${name}`);
  });
}
