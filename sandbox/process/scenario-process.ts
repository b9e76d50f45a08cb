import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Layout } from "../cluster/layout.ts";

/**
 * Applies the scenario in a process of its own and resolves when every application is in its intended state.
 * Its own process group, so that what it started goes with it when the sandbox goes down in the middle.
 */
export async function runScenario(layout: Layout, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const program = join(import.meta.dirname, "scenario-runner.ts");
  const guard = ["run", String(process.pid), process.execPath, program, layout.name, layout.directory];
  const child = spawn(join(layout.bin, "sandbox-helper"), guard, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const log = createWriteStream(join(layout.logs, "scenario.log"), { flags: "a" });
  const stop = (): void => {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  };
  signal.addEventListener("abort", stop, { once: true });
  const errors: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    log.write(`${line}\n`);
    say(line);
  });
  createInterface(child.stderr).on("line", (line) => {
    log.write(`${line}\n`);
    errors.push(line);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  signal.removeEventListener("abort", stop);
  if (code !== 0) throw new Error(`The scenario failed:\n${errors.slice(-20).join("\n")}`);
}
