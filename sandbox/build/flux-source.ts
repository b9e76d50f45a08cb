import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Prepares a module folder in which the `flux` command builds. The command embeds
 * cmd/flux/manifests/*.yaml, which upstream's release process generates and its Go module lacks, so the
 * module's source is copied, an empty manifest is put there, and a copy of go.mod points to the copy.
 * Only `flux install` reads those manifests; the sandbox applies the controllers' own CRDs instead.
 *
 * @param moduleDirectory the committed go.mod and go.sum
 * @param source flux2's folder in the module cache, which is read-only
 * @param workDirectory where the prepared module goes; replaced when it exists
 */
export async function prepareFluxModule(moduleDirectory: string, source: string, workDirectory: string): Promise<void> {
  await rm(workDirectory, { recursive: true, force: true });
  const copy = join(workDirectory, "flux2");
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".go") && !entry.name.endsWith("_test.go"))
    .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1));
  for (const folder of new Set(files.map((file) => dirname(file))))
    await mkdir(join(copy, folder), { recursive: true });
  // Read and write rather than copy: a copy would keep the cache's read-only mode and couldn't be replaced.
  await Promise.all(files.map(async (file) => writeFile(join(copy, file), await readFile(join(source, file)))));
  await writeFile(join(copy, "go.mod"), await readFile(join(source, "go.mod")));
  const manifests = join(copy, "cmd", "flux", "manifests");
  await mkdir(manifests, { recursive: true });
  await writeFile(join(manifests, "placeholder.yaml"), "{}\n");
  const module = await readFile(join(moduleDirectory, "go.mod"), "utf8");
  await writeFile(join(workDirectory, "go.mod"), `${module}\nreplace github.com/fluxcd/flux2/v2 => ./flux2\n`);
  await copyFile(join(moduleDirectory, "go.sum"), join(workDirectory, "go.sum"));
}
