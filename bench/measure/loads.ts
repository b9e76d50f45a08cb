import type { Browser } from "@playwright/test";
import type { Dashboard } from "../../sandbox/dashboard.ts";
import { loadList, measureFilter, openPage, type BenchPage, type Load } from "./page.ts";
import type { Figure } from "./report.ts";

/** The page with a cold cache, once, while the server that has just started still loads what should be there. */
export async function measureFirstLoad(browser: Browser, dashboard: Dashboard, cookie: string): Promise<Figure[]> {
  const page = await openPage(browser, dashboard, cookie);
  const { firstRow, longest } = await loadList(page, dashboard.url);
  await page.close();
  return [
    { what: "first page of a new server, which still works: first rows visible", unit: "ms", values: [firstRow] },
    { what: "longest main-thread task of that page", unit: "ms", values: [longest] },
  ];
}

/** The applications page with a cold cache, so many times. */
export async function measureLoads(
  browser: Browser,
  dashboard: Dashboard,
  cookie: string,
  rounds: number,
): Promise<Figure[]> {
  const loads: Load[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await openPage(browser, dashboard, cookie);
    loads.push(await loadList(page, dashboard.url));
    await page.close();
  }
  return [
    {
      what: "applications page: first rows visible",
      unit: "ms",
      values: loads.map(({ firstRow }) => firstRow),
      wanted: 400,
      floor: "one frame, 17 ms, after the document",
    },
    {
      what: "longest main-thread task while loading (0: none over 50)",
      unit: "ms",
      values: loads.map(({ longest }) => longest),
      wanted: 50,
    },
    {
      what: "bytes of that page's data",
      unit: "KiB",
      values: loads.map(({ dataBytes }) => dataBytes / 1024),
      wanted: 150,
    },
    {
      what: "bytes of the document, with its first rows",
      unit: "KiB",
      values: loads.map(({ documentBytes }) => documentBytes / 1024),
    },
    {
      what: "JavaScript heap after load",
      unit: "MiB",
      values: loads.map(({ heapMebibytes }) => heapMebibytes),
      wanted: 20,
    },
  ];
}

/** The filter, with words that fit few rows and many. */
export async function measureWords(page: BenchPage): Promise<Figure> {
  const values = [];
  for (const word of ["7", "app-00", "argo", "chart-004", "release-0012"]) values.push(await measureFilter(page, word));
  await page.page.getByPlaceholder(/Words/).fill("");
  return { what: "filter typed until painted", unit: "ms", values, wanted: 50, floor: "one frame, 17 ms" };
}
