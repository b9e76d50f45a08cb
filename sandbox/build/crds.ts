import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { parseAllDocuments } from "yaml";

/** A folder with CustomResourceDefinitions inside one of an engine's modules, and the sandbox's module that pins its version. */
export interface CrdSource {
  readonly pinnedBy: "kubernetes" | "flux" | "argocd";
  readonly module: string;
  readonly folder: string;
}

const fluxCrds = (pinnedBy: CrdSource["pinnedBy"], ...names: readonly string[]): CrdSource[] =>
  names.map((name) => ({ pinnedBy, module: `github.com/fluxcd/${name}-controller`, folder: "config/crd/bases" }));

export const crdSources: Readonly<Record<"flux" | "argocd", readonly CrdSource[]>> = {
  flux: [
    ...fluxCrds("kubernetes", "source", "kustomize", "helm", "notification"),
    ...fluxCrds("flux", "image-reflector", "image-automation"),
  ],
  argocd: [{ pinnedBy: "argocd", module: "github.com/argoproj/argo-cd/v3", folder: "manifests/crds" }],
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
