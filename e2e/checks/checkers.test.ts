import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// Each runs the real linter or compiler, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const root = resolve(import.meta.dirname, "../..");
// Inside the project, so that node_modules and tsconfig resolve as they do for real files; git ignores it.
let copy = "";

beforeAll(() => {
  mkdirSync(join(root, ".sandbox"), { recursive: true });
  copy = mkdtempSync(join(root, ".sandbox", "checkers-"));
  for (const file of ["package.json", "tsconfig.json", "oxlint.config.ts"]) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Writes the files, lints them with the project's own configuration and returns `file rule` for each finding. */
function findings(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    writeFileSync(join(copy, name), text);
  }
  const run = spawnSync(
    join(root, "node_modules/.bin/oxlint"),
    ["--no-ignore", "--format=unix", ...Object.keys(files)],
    {
      cwd: copy,
      encoding: "utf8",
    },
  );
  for (const name of Object.keys(files)) rmSync(join(copy, name));
  return run.stdout + run.stderr;
}

const value = "export const value = 1;\n";
const use = (from: string) => `import { value } from "${from}";\nexport const doubled = value * 2;\n`;

describe("the import rule", () => {
  const forbidden: [string, string, string][] = [
    ["lib", "lib/planted.ts", "#server/planted-target.ts"],
    ["lib", "lib/planted.ts", "../components/planted-target.ts"],
    ["server", "server/planted.ts", "#components/planted-target.ts"],
    ["components", "components/planted.ts", "#server/planted-target.ts"],
    ["components", "components/deep/planted.ts", "../../server/planted-target.ts"],
    ["sandbox", "sandbox/planted.ts", "../server/planted-target.ts"],
    ["e2e", "e2e/planted.ts", "../server/planted-target.ts"],
    ["a room", "server/view/planted.ts", "#server/engines/helm/planted-target.ts"],
    ["an engine", "server/engines/argocd/planted.ts", "../helm/planted-target.ts"],
  ];
  it.each(forbidden)("refuses that %s (%s) imports %s", (_room, file, target) => {
    expect(findings({ [file]: use(target) })).toMatch(/no-restricted-imports/);
  });

  const allowed: [string, string][] = [
    ["server/planted.ts", "#lib/planted-target.ts"],
    ["components/planted.ts", "#lib/planted-target.ts"],
    ["app/planted.ts", "#server/planted-target.ts"],
    ["server/engines/registry.ts", "./helm/planted-target.ts"],
  ];
  it.each(allowed)("lets %s import %s", (file, target) => {
    expect(findings({ [file]: use(target) })).not.toMatch(/no-restricted-imports/);
  });
});

describe("the linter", () => {
  it("catches a floating promise", () => {
    const text = "async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n";
    expect(findings({ "lib/planted.ts": text })).toMatch(/no-floating-promises/);
  });

  it("catches a switch that forgets a case", () => {
    const text =
      'export function name(x: "a" | "b"): number {\n  switch (x) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}\n';
    expect(findings({ "lib/planted.ts": text })).toMatch(/switch-exhaustiveness-check/);
  });

  it("catches a hook behind a condition", () => {
    const text =
      'import { useState } from "react";\nexport function Thing({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}\n';
    expect(findings({ "components/planted.tsx": text })).toMatch(/rules-of-hooks/);
  });

  it("catches `any`", () => {
    expect(findings({ "lib/planted.ts": "export const value: any = 1;\n" })).toMatch(/no-explicit-any/);
  });

  it("finds nothing in a clean file", () => {
    expect(findings({ "lib/planted.ts": value })).toMatch(/^\s*(Found 0|$)/);
  });
});

describe("the type checker", () => {
  it("refuses an unchecked index access", () => {
    const file = join(copy, "index.ts");
    writeFileSync(file, "export const first = (names: string[]): string => names[0];\n");
    const run = spawnSync(
      join(root, "node_modules/.bin/tsc"),
      ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--ignoreConfig", file],
      {
        encoding: "utf8",
      },
    );
    expect(run.stdout).toMatch(/TS2322/);
    expect(
      execFileSync(join(root, "node_modules/.bin/tsc"), ["--showConfig", "-p", root], { encoding: "utf8" }),
    ).toMatch(/"noUncheckedIndexedAccess": true/);
  });
});
