import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Texts that stand for what is known only while the scenario is built: `__GIT_URL__`, `__REGISTRY_HOST__`… */
export type Placeholders = Readonly<Record<string, string>>;

/** Paths of all files below a folder, relative to it, sorted. */
export function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort();
}

/** Names of the folders in a folder, sorted. */
export function listFolders(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Puts values in the place of `__NAME__`. Unknown placeholders stay, since a later step may know them.
 */
export function fillPlaceholders(text: string, placeholders: Placeholders): string {
  return text.replace(/__([A-Za-z0-9_.-]+?)__/g, (whole, name: string) => placeholders[name] ?? whole);
}

/** Copies a folder, filling placeholders in each file; files that exist already are overwritten. */
export function copyTree(
  source: string,
  target: string,
  placeholders: Placeholders = {},
  skip: readonly string[] = [],
): void {
  for (const path of listFiles(source)) {
    if (skip.includes(path)) continue;
    const destination = join(target, path);
    mkdirSync(dirname(destination), { recursive: true });
    writeFileSync(destination, fillPlaceholders(readFileSync(join(source, path), "utf8"), placeholders));
  }
}
