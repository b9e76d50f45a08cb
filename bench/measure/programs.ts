import { spawn } from "node:child_process";
import { peakMemory } from "./process-tree.ts";

/** How long a program took, and how large it was. */
export interface ProgramRun {
  readonly milliseconds: number;
  readonly mebibytes: number;
  readonly lines: number;
}

/** Runs a program to its end. @throws Error when it fails */
export async function runProgram(path: string, args: readonly string[], kubeconfig: string): Promise<ProgramRun> {
  const started = performance.now();
  const child = spawn(path, args, {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, KUBECONFIG: kubeconfig },
  });
  let lines = 0;
  let mebibytes = 0;
  child.stdout.on("data", (chunk: Buffer) => (lines += chunk.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0)));
  const looking = setInterval(() => {
    if (child.pid !== undefined) mebibytes = Math.max(mebibytes, peakMemory(child.pid));
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(looking);
  if (code !== 0) throw new Error(`${path} ${args.join(" ")} failed`);
  return { milliseconds: performance.now() - started, mebibytes, lines };
}
