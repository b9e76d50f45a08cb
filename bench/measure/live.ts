import { unitName } from "../fleet/unit-name.ts";
import type { Changes } from "./changes.ts";
import { takeLongest, want, whenQuiet, whenReady, whenSeen, type BenchPage } from "./page.ts";
import { serverCpuSeconds } from "./process-tree.ts";
import type { Figure } from "./report.ts";

const latencySamples = 20;
const burstSize = 1000;

/** From the moment that the API server has a change until the row shows it. */
export async function measureLatency(page: BenchPage, url: string, changes: Changes): Promise<Figure[]> {
  const index = 17;
  const { name } = unitName({ engine: "flux-kustomization", index });
  await page.page.goto(`${url}/apps?q=${name}`);
  await page.page.getByRole("link", { name, exact: true }).first().waitFor();
  await whenReady(page);
  const values = [];
  for (let sample = 0; sample < latencySamples; sample += 1) {
    const words = `measured-${sample}-${Date.now()}`;
    await want(page, words);
    const started = Date.now();
    await changes.kustomization(index, words);
    values.push((await whenSeen(page, words)) - started);
    // What follows from this change has come, so that the next one is alone on its way.
    await whenQuiet(page, "/api/v1/", 150, 2_000);
  }
  await page.page.goto(`${url}/apps`);
  return [
    { what: "status change until the row shows it, from before the request", unit: "ms", values, wanted: 80 },
    { what: "the slowest of those", unit: "ms", values: [Math.max(...values)], wanted: 250 },
  ];
}

/**
 * A thousand changes as fast as the API server takes them, until nothing follows from them any more.
 *
 * @param pid of the dashboard
 */
export async function measureBurst(page: BenchPage, pid: number, changes: Changes): Promise<Figure[]> {
  await whenReady(page);
  await takeLongest(page);
  const before = page.bytes("/api/v1/");
  const cpu = serverCpuSeconds(pid);
  await changes.burst(burstSize, `burst ${Date.now()}`);
  await whenQuiet(page, "/api/v1/", 2_000);
  return [
    {
      what: "1,000 changes in a burst: longest task (0: none over 50)",
      unit: "ms",
      values: [await takeLongest(page)],
      wanted: 50,
    },
    {
      what: "1,000 changes in a burst: bytes",
      unit: "KiB",
      values: [(page.bytes("/api/v1/") - before) / 1024],
      wanted: 1024,
    },
    {
      what: "server CPU for one change of those",
      unit: "ms",
      values: [((serverCpuSeconds(pid) - cpu) * 1000) / burstSize],
    },
  ];
}
