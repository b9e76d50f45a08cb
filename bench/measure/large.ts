import type { Diff } from "#lib/api/diff-contract.ts";
import type { Dashboard } from "../../sandbox/dashboard.ts";
import { largeOf, type Fleet } from "../fleet/plan.ts";
import { unitName } from "../fleet/unit-name.ts";
import { takeLongest, whenReady, type BenchPage } from "./page.ts";
import type { Figure } from "./report.ts";
import type { BenchSession } from "./session.ts";

const rounds = 5;

function pathOf(fleet: Fleet, which: "graph" | "drift"): string {
  const { namespace, name } = unitName({ engine: "flux-kustomization", index: largeOf(fleet)[which].index });
  return `flux-kustomization/${namespace}/${name}`;
}

/** The page of an application with 5,000 objects, from the address until its graph is drawn and can be used. */
export async function measureGraph(page: BenchPage, dashboard: Dashboard, fleet: Fleet): Promise<Figure[]> {
  const usable: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.page.goto("about:blank");
    await page.page.goto(`${dashboard.url}/apps/${pathOf(fleet, "graph")}?tab=resources&as=graph`, {
      waitUntil: "commit",
    });
    const drawn = await page.page.waitForFunction(
      () => (document.querySelector("[data-card]") ? performance.now() : 0),
      undefined,
      { polling: "raf", timeout: 120_000 },
    );
    usable.push(await drawn.jsonValue());
    await whenReady(page);
    longest.push(await takeLongest(page));
  }
  return [
    { what: "graph of an application with 5,000 resources usable", unit: "ms", values: usable, wanted: 2000 },
    { what: "longest main-thread task of that (0: none over 50)", unit: "ms", values: longest, wanted: 100 },
  ];
}

/** Drift of an application with 102 objects, all of which differ: its difference asked for anew, each object by a dry run. */
export async function measureDrift(session: BenchSession, fleet: Fleet): Promise<Figure> {
  const path = `/api/v1/applications/${pathOf(fleet, "drift")}/drift`;
  for (const deadline = performance.now() + 600_000; performance.now() < deadline;) {
    // Not there before its Kustomization is, and without objects before these are built.
    const { body } = await session.get(path).catch(() => ({ body: { objects: [] } }));
    if ((body as Diff).objects.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const values = [];
  let objects = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { body, milliseconds } = await session.get(`${path}?fresh=true`);
    objects = (body as Diff).objects.length;
    values.push(milliseconds);
  }
  if (objects < 100) throw new Error(`The application has ${objects} objects.`);
  return { what: `drift of one application with ${objects} objects, asked for anew`, unit: "ms", values, wanted: 500 };
}
