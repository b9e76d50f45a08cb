import { join } from "node:path";
import type { SandboxContext } from "../../sandbox/context.ts";
import { runProgram } from "./programs.ts";
import type { Figure } from "./report.ts";

/** What the engines' own programs need for the same fleet. */
export async function measureTools({ binDirectory, logins }: SandboxContext): Promise<Figure[]> {
  const kubeconfig = logins.find(({ name }) => name === "viewer")?.kubeconfig ?? "";
  const commands = [
    ["helm", "ls", "-A", "--max", "0"],
    ["kubectl", "get", "kustomizations.kustomize.toolkit.fluxcd.io", "-A"],
    ["flux", "get", "kustomizations", "-A"],
  ] as const;
  const figures: Figure[] = [];
  for (const [program, ...args] of commands) {
    const runs = [];
    for (let round = 0; round < 3; round += 1)
      runs.push(await runProgram(join(binDirectory, program), args, kubeconfig));
    figures.push({
      what: `\`${[program, ...args].join(" ")}\``,
      unit: "ms",
      values: runs.map(({ milliseconds }) => milliseconds),
      note: `${Math.round(Math.max(...runs.map(({ mebibytes }) => mebibytes)))} MiB`,
    });
  }
  return figures;
}
