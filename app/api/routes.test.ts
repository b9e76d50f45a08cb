import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "#lib/api/openapi.ts";
import { guardMark } from "#server/http/guard.ts";

/** The only calls that answer without a session. Adding one here is a decision about security. */
const open = [
  "GET api/v1/launch",
  "GET api/v1/login-options",
  "GET api/v1/oidc/callback",
  "GET api/v1/oidc/login",
  "GET api/v1/openapi.json",
  "POST api/v1/session",
];
/** Stands for everything that is no path of the API. */
const fallback = "api/[...path]";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

async function handlers(): Promise<Map<string, unknown>> {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const files = (await readdir(here, { recursive: true })).filter((file) => file.endsWith("route.ts"));
  const found = new Map<string, unknown>();
  for (const file of files) {
    const module = (await import(
      new URL(file.split("/").map(encodeURIComponent).join("/"), import.meta.url).href
    )) as Record<string, unknown>;
    for (const method of methods)
      if (method in module) found.set(`${method} api/${file.replace(/\/route\.ts$/, "")}`, module[method]);
  }
  return found;
}

function markOf(handler: unknown): unknown {
  return typeof handler === "function" && guardMark in handler ? handler[guardMark] : undefined;
}

describe("every route of the API", async () => {
  const all = await handlers();

  it("goes through the guard", () => {
    expect(all.size).toBeGreaterThan(15);
    expect([...all].filter(([, handler]) => markOf(handler) === undefined).map(([name]) => name)).toEqual([]);
  });

  it("needs a session, but for those that are listed as open", () => {
    expect(
      [...all]
        .filter(([, handler]) => markOf(handler) === "open")
        .map(([name]) => name)
        .sort(),
    ).toEqual(open);
  });

  it("is described in openapi.json, and nothing else is", () => {
    const { paths } = openApiDocument() as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = [...all.keys()]
      .filter((name) => !name.endsWith(fallback) && !name.endsWith("openapi.json"))
      .map((name) => name.replace(" ", " /").replace(/\[(\w+)\]/g, "{$1}"));
    expect(described.sort()).toEqual(served.sort());
  });
});
