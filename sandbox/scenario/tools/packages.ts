import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { SandboxContext } from "../../context.ts";
import { copyTree, listFolders, type Placeholders } from "./files.ts";
import { run, scenarioDirectory } from "./run.ts";

const chartsDirectory = join(import.meta.dirname, "..", "charts");
const artifactsDirectory = join(import.meta.dirname, "..", "artifacts");

/** The chart that goes to the OCI registry; the others go to the chart repository. */
const registryChart = { name: "dashboards", version: "3.1.0" };

/** Path of a packaged chart, for plain `helm upgrade`. */
export function chartPackage(context: SandboxContext, name: string, version: string): string {
  return join(scenarioDirectory(context, "packages"), `${name}-${version}.tgz`);
}

/**
 * Packages every version of every chart and publishes them: one to the OCI registry, the others to the chart
 * repository. A version's folder holds what changed since the version before it.
 */
export async function publishCharts(context: SandboxContext): Promise<void> {
  const folders: string[] = [];
  const published: string[] = [];
  for (const name of listFolders(chartsDirectory)) {
    const versions = listFolders(join(chartsDirectory, name));
    versions.forEach((version, index) => {
      const folder = scenarioDirectory(context, "charts", version, name);
      for (const layer of versions.slice(0, index + 1)) copyTree(join(chartsDirectory, name, layer), folder);
      folders.push(folder);
      if (name !== registryChart.name) published.push(chartPackage(context, name, version));
    });
  }
  await run(context, "helm", ["package", ...folders, "--destination", scenarioDirectory(context, "packages")]);
  mkdirSync(context.chartRepositoryDirectory, { recursive: true });
  for (const path of published)
    copyFileSync(path, join(context.chartRepositoryDirectory, path.slice(path.lastIndexOf("/") + 1)));
  await Promise.all([
    run(context, "helm", ["repo", "index", context.chartRepositoryDirectory, "--url", context.chartRepositoryUrl]),
    run(context, "helm", [
      "push",
      chartPackage(context, registryChart.name, registryChart.version),
      `oci://${context.registryHost}/charts`,
      "--plain-http",
    ]),
  ]);
}

/** Pushes each version of each artifact, as a pipeline does with `flux push artifact`. */
export async function pushArtifacts(context: SandboxContext, placeholders: Placeholders): Promise<void> {
  for (const name of listFolders(artifactsDirectory)) {
    const folder = scenarioDirectory(context, "artifacts", name);
    for (const version of listFolders(join(artifactsDirectory, name))) {
      copyTree(join(artifactsDirectory, name, version), folder, placeholders);
      await run(context, "flux", [
        "push",
        "artifact",
        `oci://${context.registryHost}/artifacts/${name}:${version}`,
        `--path=${folder}`,
        `--source=${context.gitUrl}/${name}.git`,
        `--revision=v${version}`,
        `--annotations=org.opencontainers.image.authors=Mara Lindqvist`,
        `--annotations=org.opencontainers.image.description=Release ${version} of ${name}`,
        "--insecure-registry",
      ]);
    }
  }
}
