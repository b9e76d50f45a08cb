import { existsSync, readFileSync } from "node:fs";
import { join, matchesGlob, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildSteps } from "../../sandbox/build/steps.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const chart = "deploy/helm/driftglass";

const dockerfile = read("deploy/Dockerfile").replaceAll("\\\n", " ").split("\n");
/** Instructions of one kind, as the rest of their lines. */
const instructions = (name: string): string[] =>
  dockerfile.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1).trim()] : []));

describe("the container image", () => {
  it("has the programs in the versions that the sandbox tests Driftglass with", () => {
    const built = (name: string) => Object.values(buildSteps.find((step) => step.name === name)?.variables ?? {})[0];
    const pinned = Object.fromEntries(instructions("ARG").map((argument) => argument.split("=")));
    expect(pinned).toMatchObject({
      HELM_VERSION: built("helm"),
      FLUX_VERSION: built("flux"),
      KUBECTL_VERSION: built("control-plane"),
    });
  });

  it("copies from the project only what is there and what its ignore file lets through", () => {
    const ignore = read("deploy/Dockerfile.dockerignore").trim().split("\n");
    const copied = instructions("COPY")
      .filter((copy) => !copy.startsWith("--from="))
      .flatMap((copy) => copy.split(/\s+/).slice(0, -1));
    expect(copied).toContain("server");
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    // And nothing is let through that is not copied.
    const open = ignore.flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
    expect(open.toSorted()).toEqual(copied.toSorted());
    expect(ignore.some((line) => matchesGlob("server/config.test.ts", line))).toBe(true);
  });

  it("copies everything that decides what `npm start` builds", () => {
    const copied = instructions("COPY").flatMap((copy) => copy.split(/\s+/).slice(0, -1));
    const globs = [...read("server/start.ts").matchAll(/"\{([a-z,]+)\}\/\*\*/g)].flatMap(
      ([, rooms]) => rooms?.split(",") ?? [],
    );
    expect(globs.length).toBeGreaterThan(3);
    for (const room of globs) expect(copied).toContain(room);
    // Configuration that only checkers and the tests read stays outside.
    const outside = ["oxlint.config.ts", "vitest.config.ts", "vitest.cluster.config.ts"];
    expect(outside.filter((file) => copied.includes(file))).toEqual([]);
  });

  it("runs as a number that is not root, downloads nothing by itself and holds no credentials", () => {
    expect(instructions("USER")).toEqual(["65532:65532"]);
    expect(instructions("ADD")).toEqual([]);
    expect(instructions("RUN").join("\n")).not.toMatch(/curl|wget|apt-get|--password|TOKEN/);
  });
});

describe("versions", () => {
  it("are one in package.json, the chart and the manifests", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(parse(read(`${chart}/Chart.yaml`))).toMatchObject({ appVersion: version });
    const base = parse(read("deploy/kustomize/base/kustomization.yaml")) as { images: { newTag: string }[] };
    expect(base.images.map(({ newTag }) => newTag)).toEqual([version]);
  });
});

describe("the chart's values", () => {
  it("are all described by the schema, and the schema describes no others", () => {
    const schema = JSON.parse(read(`${chart}/values.schema.json`)) as Schema;
    expect(paths(parse(read(`${chart}/values.yaml`)), schema)).toEqual(described(schema));
  });

  it("say before the number of replicas where sessions are kept", () => {
    const [before = ""] = read(`${chart}/values.yaml`).split("\nreplicas:");
    expect(before).toMatch(/memory of one pod/);
  });
});

describe("docs/permissions.md", () => {
  it("names every resource and every verb of the ClusterRoles for people", () => {
    const text = read("docs/permissions.md");
    for (const role of ["viewer", "operator"]) {
      const { rules } = parse(read(`deploy/kustomize/people/${role}.yaml`)) as { rules: Rule[] };
      expect(rules.length).toBeGreaterThan(10);
      const words = rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]);
      const unnamed = words.filter((word) => word !== "" && !text.includes(`\`${word}\``));
      expect(unnamed).toEqual([]);
    }
  });
});

describe("the documents on installing", () => {
  it("lead to files that exist", () => {
    const missing = ["docs/install.md", "docs/permissions.md"].flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, target = ""]) => join("docs", target))
        .filter((target) => !existsSync(join(root, target))),
    );
    expect(missing).toEqual([]);
  });
});

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Paths of the values, as deep as the schema describes them. */
function paths(values: unknown, schema: Schema, prefix = ""): string[] {
  return Object.entries(values as Record<string, unknown>)
    .flatMap(([name, value]) => {
      const inner = schema.properties?.[name];
      return inner?.properties ? paths(value, inner, `${prefix}${name}.`) : [`${prefix}${name}`];
    })
    .toSorted();
}

/** Paths that a schema describes. `global` is Helm's own and is given to every chart. */
function described(schema: Schema, prefix = ""): string[] {
  return Object.entries(schema.properties ?? {})
    .flatMap(([name, inner]) => (inner.properties ? described(inner, `${prefix}${name}.`) : [`${prefix}${name}`]))
    .filter((path) => path !== "global")
    .toSorted();
}
