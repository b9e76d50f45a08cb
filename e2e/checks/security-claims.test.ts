import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const tests = globSync("{app,components,e2e,lib,sandbox,server}/**/*.{test,spec}.ts", { cwd: root });

/** What the rows of docs/security.md name: files of tests, and after each the names of tests in it. `…` stands for what is left out of a name. */
function claims(): { file: string; name?: string }[] {
  const rows = readFileSync(join(root, "docs/security.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"));
  return rows.flatMap((row) => {
    let file = "";
    return [...row.matchAll(/`([^`]+\.(?:test|spec)\.ts)`|"([^"]+)"/g)].flatMap(([, named, name]) => {
      if (named !== undefined) file = named;
      return file === "" ? [] : [{ file, ...(name !== undefined && { name }) }];
    });
  });
}

it("finds every test that docs/security.md names", () => {
  const lost = claims().filter(({ file, name }) => {
    const texts = tests
      .filter((each) => each === file || each.endsWith(`/${file}`))
      .map((each) => readFileSync(join(root, each), "utf8"));
    const parts = (name ?? "").split("…").map((part) => part.trim());
    return !texts.some((text) => parts.every((part) => text.includes(part)));
  });
  expect(claims().length).toBeGreaterThan(60);
  expect(lost).toEqual([]);
});
