import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

/** Licences that what Driftglass ships may be under, in the words of SPDX. What is not listed needs a decision first. */
const allowed = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "0BSD",
  "Unlicense",
  // Fonts, browser data and tslib-like helpers: used unchanged.
  "OFL-1.1",
  "CC-BY-4.0",
  "PSF-2.0",
  // elkjs (layout of graphs), used unchanged as a library of its own; sharp's libvips comes with Next.js and is linked dynamically.
  "EPL-2.0",
  "LGPL-3.0-or-later",
]);

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly licenses?: readonly { readonly license?: { readonly id?: string }; readonly expression?: string }[];
}

/** Whether one of the alternatives is allowed as a whole. */
function mayShip({ licenses = [] }: Component): boolean {
  const expressions = licenses.map(({ license, expression }) => license?.id ?? expression ?? "none");
  return (
    expressions.length > 0 &&
    expressions.every((expression) =>
      expression
        .replaceAll(/[()]/g, "")
        .split(" OR ")
        .some((alternative) => alternative.split(" AND ").every((name) => allowed.has(name))),
    )
  );
}

describe("the bill of materials (npm run sbom)", () => {
  let components: readonly Component[] = [];

  beforeAll(() => {
    const made = spawnSync("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
      cwd: resolve(import.meta.dirname, "../.."),
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    // Not by `--omit=dev`: that leaves out what a development package needs, too (zod, which knip needs as well).
    const all = (JSON.parse(made.stdout) as { components: Component[] }).components;
    components = all.filter(
      ({ properties = [] }) =>
        !properties.some(({ name, value }) => name === "cdx:npm:package:development" && value === "true"),
    );
  }, 60_000);

  it("names every package that is shipped, with its version", () => {
    const names = components.map(({ name }) => name);
    for (const shipped of ["next", "react", "@kubernetes/client-node", "zod", "undici"])
      expect(names).toContain(shipped);
    for (const { purl } of components) expect(purl).toMatch(/^pkg:npm\/.+@\d/);
  });

  it("has no package under a licence that nobody has decided about", () => {
    expect(components.filter((one) => !mayShip(one)).map(({ purl, licenses }) => ({ purl, licenses }))).toEqual([]);
  });
});
