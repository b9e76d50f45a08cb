import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { down, up } from "../sandbox/lifecycle.ts";
import type { SandboxContext } from "../sandbox/context.ts";
import { buildDashboard, startDashboard } from "../sandbox/dashboard.ts";
import { plantedSecretValues } from "../sandbox/scenario/secrets.ts";
import { readAudit } from "./audit.ts";
import { findBrowser } from "../sandbox/browser.ts";
import { startLeakProxy } from "./leak-proxy.ts";
import { readPlaywrightReport, readVitestReport, type SuiteReport, type VitestReport } from "./report.ts";

/**
 * `npm test`: everything that decides whether a change is good. Checks and unit tests, then the production build and a fresh sandbox with
 * its scenario, the tests against that cluster, and the browser tests. Goes on after a failure; the last line counts.
 */
const root = resolve(import.meta.dirname, "..");
const results = join(root, "test-results");
const name = `test-${process.pid}`;
const tally = { passed: 0, failed: 0 };
const failures: string[] = [];
const secondTry: string[] = [];
/** What could neither pass nor fail here. */
const unchecked: string[] = [];
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await step("format", ["oxfmt", "--check", "."]);
await step("lint", ["oxlint"]);
await step("types", ["tsc", "--noEmit"]);
await step("dead code", ["knip"]);
auditPackages();
await suite(
  "unit tests",
  ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${join(results, "unit.json")}`],
  "unit.json",
  (json: VitestReport) => readVitestReport(json, root),
);
await onCluster();

list("passed only when run a second time", secondTry);
list("not checked", unchecked);
list("failed", failures);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 || tally.passed === 0 || stopping.signal.aborted ? 1 : 0;

async function onCluster(): Promise<void> {
  try {
    const chromium = findBrowser(title);
    title("production build");
    buildDashboard();
    // Each suite changes the scenario as it goes, so each gets one of its own.
    await withSandbox("tests against the cluster", async (_context, environment) => {
      const report = `--outputFile.json=${join(results, "cluster.json")}`;
      const command = [
        "vitest",
        "run",
        "--config=vitest.cluster.config.ts",
        "--reporter=default",
        "--reporter=json",
        report,
      ];
      await suite(
        "tests against the cluster",
        command,
        "cluster.json",
        (json: VitestReport) => readVitestReport(json, root),
        environment,
      );
    });
    await withSandbox("browser tests", async (context, environment) => {
      const dashboard = await startDashboard(context, join(results, "dashboard.log"));
      const proxy = await startLeakProxy(dashboard.url, plantedSecretValues);
      try {
        await suite(
          "browser tests",
          ["playwright", "test", "--config=e2e/playwright.config.ts"],
          "e2e.json",
          readPlaywrightReport,
          {
            ...environment,
            DRIFTGLASS_URL: proxy.url,
            ...(chromium !== undefined && { DRIFTGLASS_CHROMIUM: chromium }),
          },
        );
      } finally {
        proxy.close();
        await dashboard.stop();
      }
    });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** A fresh sandbox with its scenario, for one suite. That it comes up counts as a test. */
async function withSandbox(
  purpose: string,
  use: (context: SandboxContext, environment: Record<string, string>) => Promise<void>,
): Promise<void> {
  stopping.signal.throwIfAborted();
  title(`sandbox for the ${purpose}`);
  try {
    const context = await up({ name, attached: true, signal: stopping.signal }, (line) => console.log(line));
    tally.passed += 1;
    await use(context, {
      DRIFTGLASS_SANDBOX: join(context.stateDirectory, "sandbox.json"),
      DRIFTGLASS_SANDBOX_NAME: name,
    });
  } finally {
    await down(name);
  }
}

/** A check that passes or fails as a whole. */
async function step(label: string, command: string[]): Promise<void> {
  title(label);
  const code = await run(command, {});
  if (code === 0) tally.passed += 1;
  else fail(label);
}

/** Known weaknesses of what is shipped, as the registry tells them. One that does not tell is named at the end: nothing passes by that. */
function auditPackages(): void {
  title("audit of packages");
  const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json", "--fetch-retries=0", "--fetch-timeout=20000"], {
    cwd: root,
    encoding: "utf8",
    timeout: 60_000,
  });
  const audit = readAudit(stdout ?? "");
  if (audit.kind === "clean") tally.passed += 1;
  else if (audit.kind === "found") for (const finding of audit.findings) fail(`audit of packages: ${finding}`);
  else
    unchecked.push(`audit of packages: the registry gives none here (${audit.why}); run npm run audit where it does`);
}

/** A test runner that writes a report; a report that is missing or counts nothing is a failure. */
async function suite(
  label: string,
  command: string[],
  report: string,
  read: (json: never) => SuiteReport,
  environment: Record<string, string> = {},
): Promise<void> {
  title(label);
  const code = await run(command, environment);
  let said: SuiteReport;
  try {
    said = read(JSON.parse(readFileSync(join(results, report), "utf8")) as never);
  } catch {
    fail(`${label}: no report was written`);
    return;
  }
  tally.passed += said.passed;
  tally.failed += said.failed;
  failures.push(...said.failures);
  secondTry.push(...said.secondTry);
  // A runner can fail without a failed test: a file that does not load, or nothing that ran.
  if (said.failed === 0 && (code !== 0 || said.passed === 0)) fail(`${label}: ended with code ${code}`);
}

function fail(why: string): void {
  tally.failed += 1;
  failures.push(why);
}

/** Names what a person should look at, at the end, where it is found. */
function list(heading: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  title(heading);
  for (const line of lines) console.log(line);
}

function run([program, ...args]: string[], environment: Record<string, string>): Promise<number> {
  if (stopping.signal.aborted || program === undefined) return Promise.resolve(1);
  return new Promise((done) => {
    const child = spawn(join(root, "node_modules", ".bin", program), args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...environment },
    });
    const stop = (): void => void child.kill("SIGTERM");
    stopping.signal.addEventListener("abort", stop);
    child.on("error", () => done(1));
    child.on("exit", (code) => {
      stopping.signal.removeEventListener("abort", stop);
      done(code ?? 1);
    });
  });
}

function title(text: string): void {
  console.log(`\n── ${text} ${"─".repeat(Math.max(0, 90 - text.length))}`);
}
