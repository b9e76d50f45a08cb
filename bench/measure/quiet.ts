import { setTimeout as sleep } from "node:timers/promises";
import type { CountingProxy } from "./counting-proxy.ts";
import { cpuSeconds } from "./process-tree.ts";
import type { Figure } from "./report.ts";

const quietSeconds = 60;

/** Waits until a dashboard has loaded what is desired, which it does in the background: until it comes to rest, or for twenty minutes. */
async function whenAtRest(pid: number): Promise<void> {
  let busy = cpuSeconds(pid);
  for (let round = 0; round < 120; round += 1) {
    await sleep(10_000);
    const now = cpuSeconds(pid);
    if (now - busy < 0.5) return;
    busy = now;
  }
}

/**
 * A minute in which a page is open and nothing happens.
 *
 * @param pid of the dashboard
 * @param proxy between the dashboard and the API server
 */
export async function measureQuietMinute(pid: number, proxy: CountingProxy): Promise<Figure[]> {
  await whenAtRest(pid);
  proxy.take();
  const cpu = cpuSeconds(pid);
  await sleep(quietSeconds * 1000);
  const requests = proxy.take();
  const watches = requests.get("WATCH") ?? 0;
  const others = [...requests].filter(([verb]) => verb !== "WATCH");
  return [
    {
      what: "requests in a quiet minute besides watches, page open",
      unit: "requests",
      values: [others.reduce((sum, [, count]) => sum + count, 0)],
      wanted: 0,
      note: [`${watches} watches begun`, ...others.map(([verb, count]) => `${verb} × ${count}`)].join(", "),
    },
    {
      what: "CPU of a quiet minute, drift kept true",
      unit: "%",
      values: [((cpuSeconds(pid) - cpu) / quietSeconds) * 100],
      wanted: 2,
    },
  ];
}
