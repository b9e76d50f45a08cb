import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const statement = /^(?:import|export)\s+(?!type\s)(?:[^;"]*?\sfrom\s+)?"([^"]+)"/gm;

/** Where a module of ours is; undefined for packages and for Node's own. */
function fileOf(name: string, from: string): string | undefined {
  if (name.startsWith("#")) return join(root, name.slice(1));
  return name.startsWith(".") ? join(dirname(from), name) : undefined;
}

/** Everything that these files import, directly or not, each with the way to it; types and what is loaded on demand are no part of a bundle. */
function imported(files: readonly string[]): Map<string, string> {
  const ways = new Map(files.map((file) => [file, file]));
  for (const [file, way] of ways) {
    if (!/\.tsx?$/.test(file) || !file.startsWith(root)) continue;
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(statement)) {
      const found = fileOf(name, file) ?? name;
      if (!ways.has(found)) ways.set(found, `${way} → ${found}`);
    }
  }
  return ways;
}

it("no route or page has in its bundle what the server is made of", () => {
  const routes = globSync("app/**/{route,page,layout}.{ts,tsx}", { cwd: root }).map((file) => join(root, file));
  expect(routes.length).toBeGreaterThan(30);
  const ways = imported(routes);
  const heavy = [
    join(root, "server/runtime.ts"),
    join(root, "server/view/cluster-view.ts"),
    join(root, "server/engines/registry.ts"),
    "undici",
    "prom-client",
    "@kubernetes/client-node",
  ];
  expect(heavy.flatMap((name) => ways.get(name)?.replaceAll(`${root}/`, "") ?? [])).toEqual([]);
});

it("no page has in its bundle what describes the API: types are enough there", () => {
  const pages = globSync("{app,components}/**/*.{ts,tsx}", { cwd: root })
    .map((file) => join(root, file))
    .filter((file) => readFileSync(file, "utf8").startsWith('"use client";'));
  expect(pages.length).toBeGreaterThan(100);
  expect(imported(pages).get("zod")?.replaceAll(`${root}/`, "")).toBeUndefined();
});
