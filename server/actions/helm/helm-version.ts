import { basename } from "node:path";
import type { Tools } from "#server/tools/tools.ts";

/** The helm program as it is installed here. */
export interface HelmProgram {
  readonly major: number;
  /** The field manager under which it applies: the name it is called by (helm `pkg/kube/client.go`, getManagedFieldsManager). */
  readonly fieldManager: string;
}

const known = new WeakMap<Tools, Map<string, Promise<HelmProgram>>>();

/** Asks the program for its version, once for each path. @throws ToolError when it is missing or does not start */
export async function helmProgram(tools: Tools): Promise<HelmProgram> {
  const path = (await tools.locate("helm")) ?? "";
  let programs = known.get(tools);
  if (!programs) known.set(tools, (programs = new Map()));
  let asking = programs.get(path);
  if (!asking) {
    asking = ask(tools, path);
    programs.set(path, asking);
    asking.catch(() => programs.delete(path));
  }
  return await asking;
}

async function ask(tools: Tools, path: string): Promise<HelmProgram> {
  const { stdout } = await tools.run("helm", ["version", "--template={{.Version}}"], { timeout: 20_000 });
  return { major: Number(/^v?(\d+)\./.exec(stdout.trim())?.[1] ?? 3), fieldManager: basename(path) };
}
