import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import type { ToolName } from "./tools.ts";

const howToInstall: Readonly<Record<ToolName, string>> = {
  helm: "https://helm.sh/docs/intro/install/",
  flux: "https://fluxcd.io/flux/installation/#install-the-flux-cli",
  kubectl: "https://kubernetes.io/docs/tasks/tools/",
};

/** The program at the configured path, else the first one of that name on the search path (`PATH`); undefined when there is none. */
export async function locateTool(
  tool: ToolName,
  configured: string | undefined,
  searchPath: string,
): Promise<string | undefined> {
  const candidates = configured
    ? [configured]
    : searchPath
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, tool));
  for (const candidate of candidates) {
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

/** What to tell a person when a program is missing. */
export function missingMessage(tool: ToolName, configured: string | undefined): string {
  const variable = `DRIFTGLASS_${tool.toUpperCase()}`;
  const found = configured
    ? `${variable} names no program that can be run (${configured})`
    : `${tool} was not found on the Driftglass server`;
  return `${found}. Install it (${howToInstall[tool]}) or set ${variable} to its path.`;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
