import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { stopChild } from "./stop-child.ts";

/** A process that has come as far as its last line. */
async function started(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", `${script}; setInterval(() => {}, 1000); console.log("here")`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a process that ends when it is asked to does so with its own code", async () => {
  const child = await started(`process.on("SIGTERM", () => process.exit(7))`);
  stopChild(child);
  expect(await once(child, "exit")).toEqual([7, null]);
});

test("a process that does not end when it is asked to is ended", async () => {
  const child = await started(`process.on("SIGTERM", () => {})`);
  stopChild(child, 50);
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
});

test("a process that is asked twice has the time that it was given first", async () => {
  const child = await started(`process.on("SIGTERM", () => {})`);
  stopChild(child, 50);
  stopChild(child, 3_600_000);
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
});
