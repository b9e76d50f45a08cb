import { ToolError, type Tools } from "#server/tools/tools.ts";

/** Field manager of the helm program, whatever it is called by (helm `cmd/helm/main.go`). */
export const helmManager = "helm";

const known = new WeakMap<Tools, Map<string, Promise<number>>>();

/** Major version of the program, asked once for each path: 4 and newer apply server-side. @throws ToolError when it is missing or does not start */
export async function helmMajor(tools: Tools): Promise<number> {
  const path = (await tools.locate("helm")) ?? "";
  let versions = known.get(tools);
  if (!versions) known.set(tools, (versions = new Map()));
  let asking = versions.get(path);
  if (!asking) {
    asking = ask(tools);
    versions.set(path, asking);
    asking.catch(() => versions.delete(path));
  }
  return await asking;
}

async function ask(tools: Tools): Promise<number> {
  const { stdout, stderr } = await tools.run("helm", ["version", "--template={{.Version}}"], { timeout: 20_000 });
  const major = /^v?(\d+)\./.exec(stdout.trim())?.[1];
  if (major === undefined)
    throw new ToolError("helm", "start", `helm does not say its version: ${stderr.trim() || "it says nothing"}`);
  return Number(major);
}
