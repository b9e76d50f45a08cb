/**
 * Applies the scenario to a running sandbox and waits until it has come to rest.
 *
 * Usage: node scenario-runner.ts NAME STATE-DIRECTORY
 */
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { applyScenario, scenarioReady } from "../scenario/apply.ts";
import { readRecord } from "../state.ts";

/** How long applications may take to their intended state, in milliseconds. */
const patience = 180_000;

const [name, directory] = process.argv.slice(2);
if (!name || !directory) throw new Error("usage: scenario-runner.ts NAME STATE-DIRECTORY");
process.env["DRIFTGLASS_SANDBOX_STATE"] = dirname(directory);
const context = await readRecord(name);
if (!context) throw new Error(`There is no sandbox ${name}`);

const report = (line: string): void => console.log(line);
await applyScenario(context, report);
const deadline = Date.now() + patience;
let before = "";
for (;;) {
  const { ready, waiting } = await scenarioReady(context);
  if (ready) break;
  if (Date.now() > deadline) throw new Error(`Still not in their intended state: ${waiting.join(", ")}`);
  const now = `Waiting for ${waiting.length} ${waiting.length === 1 ? "application" : "applications"}: ${waiting.slice(0, 4).join(", ")}`;
  if (now !== before) report(now);
  before = now;
  await sleep(500);
}
report("Every application of the scenario is in its intended state");
