import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { parseAllDocuments } from "yaml";

/** Folders with CustomResourceDefinitions inside an engine's modules. */
export const crdSources: Readonly<Record<"flux" | "argocd", readonly { module: string; folder: string }[]>> = {
  flux: ["source", "kustomize", "helm", "notification"].map((name) => ({
    module: `github.com/fluxcd/${name}-controller`,
    folder: "config/crd/bases",
  })),
  argocd: [{ module: "github.com/argoproj/argo-cd/v3", folder: "manifests/crds" }],
};

/**
 * Collects the CustomResourceDefinitions of `folders` into one JSON file at `output`: reading upstream's
 * YAML takes seconds, which each start would pay otherwise.
 */
export async function collectCrds(folders: readonly string[], output: string): Promise<void> {
  const found: unknown[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder)).toSorted()) {
      if (!name.endsWith(".yaml")) continue;
      const text = await readFile(join(folder, name), "utf8");
      if (!text.includes("CustomResourceDefinition")) continue;
      for (const document of parseAllDocuments(text)) found.push(document.toJS());
    }
  }
  await mkdir(dirname(output), { recursive: true });
  await writeFile(`${output}.partial`, JSON.stringify(found));
  await rename(`${output}.partial`, output);
}
