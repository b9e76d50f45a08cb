import { cpus, loadavg, totalmem } from "node:os";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { findBrowser } from "../sandbox/browser.ts";
import { buildDashboard, startDashboard } from "../sandbox/dashboard.ts";
import { down, up } from "../sandbox/lifecycle.ts";
import { serveArtifacts } from "./fleet/artifacts.ts";
import { sizes, type Fleet } from "./fleet/plan.ts";
import { benchClient, prepareFleet } from "./fleet/prepare.ts";
import { Bench } from "./measure/bench.ts";
import { renderDocument, renderTable } from "./measure/report.ts";
import { soak } from "./soak.ts";

/**
 * `npm run bench`: makes the fleet, starts the production dashboard, measures with a real browser, prints the table and writes docs/performance.md.
 *
 * `--scale N` multiplies the fleet, `--rounds N` loads the page so often, `--only STEP` (several times) measures a part and writes no document, `--keep` leaves the sandbox running for the next time; `soak --minutes N` changes
 * things at random for so long, as fast as the API server takes it or `--rate N` times a second, and then compares the list with a fresh one.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: "string", default: "1" },
    rounds: { type: "string", default: "5" },
    minutes: { type: "string", default: "60" },
    rate: { type: "string", default: "1000" },
    name: { type: "string", default: "bench" },
    only: { type: "string", multiple: true, default: [] },
    keep: { type: "boolean", default: false },
  },
});
const root = resolve(import.meta.dirname, "..");
const report = (line: string): void => console.log(line);
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());

buildDashboard();
try {
  const context = await up(
    { name: values.name, engines: "none", scenario: false, attached: !values.keep, signal: stopping.signal },
    report,
  );
  const fleet: Fleet = { scale: Number(values.scale), artifactHost: context.artifactHost };
  const started = performance.now();
  const made = await prepareFleet(context, fleet);
  report(`${made} objects made in ${Math.round((performance.now() - started) / 1000)} s`);
  const artifacts = await serveArtifacts(fleet);
  const results = join(root, "test-results");
  mkdirSync(results, { recursive: true });
  const bench = new Bench({
    context,
    fleet,
    client: await benchClient(context),
    start: (environment) => startDashboard(context, join(results, "bench-dashboard.log"), undefined, environment),
    report,
  });
  try {
    if (positionals[0] === "soak") {
      report(await soak(bench, Number(values.minutes), Number(values.rate)));
    } else {
      const executablePath = findBrowser(report);
      const browser = await chromium.launch({
        ...(executablePath !== undefined && { executablePath }),
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
      });
      try {
        await bench.measure(browser, Number(values.rounds), values.only);
      } finally {
        await browser.close();
      }
      console.log(`\n${renderTable(bench.figures)}\n`);
      const conditions = {
        fleet: `--scale ${fleet.scale}: ${sizes.workloads * 3 * fleet.scale} workload objects, ${sizes.releases * sizes.revisions * fleet.scale} release Secrets`,
        machine: `${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`,
        "load average (1, 5, 15 minutes) at the end": loadavg()
          .map((load) => load.toFixed(1))
          .join(", "),
        date: new Date().toISOString(),
      };
      if (values.only.length === 0)
        writeFileSync(join(root, "docs", "performance.md"), renderDocument(bench.figures, conditions, bench.missing));
    }
  } finally {
    await bench.stop();
    artifacts.close();
  }
} finally {
  if (!values.keep) await down(values.name);
}
