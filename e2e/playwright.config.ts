import { defineConfig } from "@playwright/test";

/** Against a production server and a sandbox that `npm test` (e2e/run.ts) has started; DRIFTGLASS_URL and DRIFTGLASS_SANDBOX name them. */
const executablePath = process.env["DRIFTGLASS_CHROMIUM"];

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  // One real cluster is shared: what one test does, the next one sees.
  workers: 1,
  fullyParallel: false,
  // A busy machine may make a browser late once; what passes only then is named at the end of the run.
  retries: 1,
  forbidOnly: true,
  // Generous: on a machine that has much else to do, a controller or helm may take a quarter of a minute for what takes a second otherwise.
  timeout: 180_000,
  expect: {
    timeout: 30_000,
    // Edges of letters differ a little from one build of the browser to another; a thing that moved differs by more.
    toHaveScreenshot: { maxDiffPixelRatio: 0.002, threshold: 0.25 },
  },
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  // A picture that is missing fails: it is made on purpose (--update-snapshots), never in passing.
  updateSnapshots: "none",
  reporter: [["list"], ["json", { outputFile: "../test-results/e2e.json" }]],
  use: {
    ...(process.env["DRIFTGLASS_URL"] !== undefined && { baseURL: process.env["DRIFTGLASS_URL"] }),
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
