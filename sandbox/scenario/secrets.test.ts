import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { plantedSecretValues } from "./secrets.ts";
import { listFiles } from "./tools/files.ts";

const folders = ["git", "charts", "artifacts", "manifests", "steps"];
const files = folders.flatMap((folder) =>
  listFiles(join(import.meta.dirname, folder)).map((path) => join(import.meta.dirname, folder, path)),
);

describe("planted Secret values", () => {
  it("are all in the scenario", () => {
    const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
    expect(plantedSecretValues.filter((value) => !text.includes(value))).toEqual([]);
  });

  it("are what every Secret of the scenario holds", () => {
    const bare: string[] = [];
    for (const file of files.filter((path) => path.endsWith(".yaml") && !path.includes("/templates/"))) {
      for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
        const object: unknown = document.toJS();
        if (!isSecret(object)) continue;
        for (const value of Object.values({ ...object.stringData, ...object.data })) {
          const planted = plantedSecretValues.some((marker) => value.includes(marker)) || /^\$\{\w+\}$/.test(value);
          if (!planted) bare.push(`${file}: ${value}`);
        }
      }
    }
    expect(bare).toEqual([]);
  });

  it("are listed wherever the word stands", () => {
    const found = files.flatMap((file) => readFileSync(file, "utf8").match(/planted-[a-z-]+/g) ?? []);
    expect(found.filter((value) => !plantedSecretValues.includes(value))).toEqual([]);
  });
});

function isSecret(object: unknown): object is { stringData?: Record<string, string>; data?: Record<string, string> } {
  return typeof object === "object" && object !== null && "kind" in object && object.kind === "Secret";
}
