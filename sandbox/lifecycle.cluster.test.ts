import { execFile, spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { down, readContext, up } from "./lifecycle.ts";
import { readRecord } from "./state.ts";

// Beside the sandbox that the whole suite runs on: another one, of the control plane alone.
const name = `beside-${process.pid}`;
const patience = { timeout: 60_000, interval: 200 };
const launchers: ChildProcess[] = [];

afterEach(async () => {
  for (const launcher of launchers.splice(0)) launcher.kill("SIGKILL");
  await down(name);
});

/** `npm run sandbox -- up --foreground`, as a person runs it. */
function launch(): ChildProcess {
  const cli = join(import.meta.dirname, "cli.ts");
  const launcher = spawn(process.execPath, [cli, "up", "--name", name, "--engines", "none", "--foreground"], {
    stdio: "ignore",
  });
  launchers.push(launcher);
  return launcher;
}

const run = promisify(execFile);

/** The processes whose command line names the state folder of the sandbox. */
async function processesOf(directory: string): Promise<string[]> {
  const { stdout } = await run("ps", ["-axo", "pid=,args="], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split("\n").filter((line) => line.includes(`${directory}/`));
}

/** That it answers at all is enough: nobody is logged in. */
async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/version`).then(
    () => true,
    (fault: unknown) => /certificate|self-signed/i.test(String((fault as { cause?: unknown }).cause)),
  );
}

describe("a sandbox", () => {
  it("runs beside another, on ports of its own, and leaves no process behind when it goes down", async () => {
    const neighbour = JSON.parse(await readFile(process.env["DRIFTGLASS_SANDBOX"] ?? "", "utf8")) as {
      apiServerUrl: string;
      stateDirectory: string;
    };
    const context = await up({ name, engines: "none" }, () => undefined);
    expect(context.apiServerUrl).not.toBe(neighbour.apiServerUrl);
    expect(await answers(context.apiServerUrl)).toBe(true);
    expect((await processesOf(context.stateDirectory)).length).toBeGreaterThan(3);
    await down(name);
    expect(await processesOf(context.stateDirectory)).toEqual([]);
    expect(await answers(context.apiServerUrl)).toBe(false);
    expect(await answers(neighbour.apiServerUrl)).toBe(true);
    expect((await processesOf(neighbour.stateDirectory)).length).toBeGreaterThan(3);
  }, 120_000);

  for (const [how, signal] of [
    ["is ended by Ctrl-C", "SIGINT"],
    ["crashes", "SIGKILL"],
  ] as const) {
    it(`leaves no process behind when its launcher ${how}`, async () => {
      const launcher = launch();
      await expect.poll(async () => (await readContext(name))?.name, patience).toBe(name);
      const directory = (await readRecord(name))?.stateDirectory ?? "";
      expect((await processesOf(directory)).length).toBeGreaterThan(3);
      launcher.kill(signal);
      await expect.poll(() => processesOf(directory), patience).toEqual([]);
    }, 120_000);
  }
});
