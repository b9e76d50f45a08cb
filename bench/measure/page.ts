import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import type { Dashboard } from "../../sandbox/dashboard.ts";

/** What the page itself notes while it loads and lives; on `window.bench`. */
interface Notes {
  firstRow?: number;
  longest: number;
  seen: Record<string, number>;
  wanted: string[];
}

declare global {
  interface Window {
    bench: Notes;
  }
}

/** Runs in the page before anything else: notes the first painted row, long tasks, and when wanted words appear. */
function takeNotes(): void {
  const notes: Notes = { longest: 0, seen: {}, wanted: [] };
  window.bench = notes;
  const painted = (then: (at: number) => void): void =>
    void requestAnimationFrame(() => setTimeout(() => then(performance.now())));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) notes.longest = Math.max(notes.longest, duration);
  }).observe({ type: "longtask", buffered: true });
  let rowSeen = false;
  const look = (): void => {
    if (!rowSeen && document.querySelector('[role="grid"] [role="row"] a')) {
      rowSeen = true;
      painted((at) => (notes.firstRow = at));
    }
    if (notes.wanted.length === 0) return;
    const text = document.body.textContent;
    for (const word of notes.wanted.filter((each) => text.includes(each))) {
      notes.wanted.splice(notes.wanted.indexOf(word), 1);
      painted((at) => (notes.seen[word] = performance.timeOrigin + at));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

/** A page of the dashboard with its notes. */
export interface BenchPage {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Bytes of answers whose path begins so, as they travelled, until now. */
  readonly bytes: (path: string) => number;
  close(): Promise<void>;
}

/** A browser without a cache, logged in. */
export async function openPage(browser: Browser, dashboard: Dashboard, cookie: string): Promise<BenchPage> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const [name = "", ...value] = cookie.split("=");
  await context.addCookies([{ name, value: value.join("="), url: dashboard.url }]);
  await context.addInitScript(takeNotes);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const paths = new Map<string, string>();
  const sizes = new Map<string, number>();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => {
    paths.set(requestId, new URL(request.url).pathname);
  });
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, (sizes.get(requestId) ?? 0) + encodedDataLength);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength);
  });
  return {
    page,
    cdp,
    bytes: (path) =>
      [...sizes].reduce((sum, [id, size]) => (paths.get(id)?.startsWith(path) === true ? sum + size : sum), 0),
    close: () => context.close(),
  };
}

/** What one cold load of the list gave. */
export interface Load {
  readonly firstRow: number;
  readonly longest: number;
  readonly dataBytes: number;
  readonly documentBytes: number;
  readonly heapMebibytes: number;
}

/** Waits until the page listens: what changes from now on comes by the event stream. */
async function whenLive({ page }: BenchPage): Promise<void> {
  await page.getByRole("button", { name: /^Live/ }).waitFor({ timeout: 60_000 });
}

/** Waits until the main thread has nothing left to do, and all that it has done is painted. */
async function whenIdle({ page }: BenchPage): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestIdleCallback(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
}

/** Waits until the page listens and has come to rest. */
export async function whenReady(page: BenchPage): Promise<void> {
  await whenLive(page);
  await whenIdle(page);
}

/** Waits until answers whose path begins so have come, and nothing more of them for so many milliseconds; where that never happens, goes on after `atMost`. */
export async function whenQuiet({ bytes }: BenchPage, path: string, quiet: number, atMost = 60_000): Promise<void> {
  const started = performance.now();
  let known = bytes(path);
  let since = started;
  while (known === 0 || performance.now() - since < quiet) {
    if (performance.now() - started > atMost) return;
    await sleep(20);
    const now = bytes(path);
    if (now === known) continue;
    known = now;
    since = performance.now();
  }
}

/** Loads the list with a cold cache and leaves the page open. */
export async function loadList(opened: BenchPage, url: string): Promise<Load> {
  const { page, cdp, bytes } = opened;
  await page.goto(`${url}/apps`, { waitUntil: "commit" });
  // Everything is there once the answer of the list has been read and painted. Nothing is asked of the page before: Playwright's first question
  // puts 330 KB of script of its own into it, a task of 50 to 80 ms before the first frame.
  await whenQuiet(opened, "/api/v1/applications", 500);
  await page.waitForFunction(() => window.bench.firstRow !== undefined, undefined, { timeout: 60_000 });
  await whenReady(opened);
  const { firstRow = 0, longest } = await page.evaluate(() => window.bench);
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return {
    firstRow,
    longest,
    dataBytes: bytes("/api/v1/applications"),
    documentBytes: bytes("/apps"),
    heapMebibytes: usedSize / 1024 ** 2,
  };
}

/** Has the page note when a word is painted. */
export async function want({ page }: BenchPage, word: string): Promise<void> {
  await page.evaluate((each) => void window.bench.wanted.push(each), word);
}

/** When a wanted word was painted, in milliseconds since 1970. @throws Error after a minute */
export async function whenSeen({ page }: BenchPage, word: string): Promise<number> {
  const seen = await page.waitForFunction((each) => window.bench.seen[each], word, { timeout: 60_000, polling: 10 });
  return (await seen.jsonValue()) ?? 0;
}

/** The longest main-thread task since the last time, in milliseconds; 0 when none was over 50. */
export function takeLongest({ page }: BenchPage): Promise<number> {
  return page.evaluate(() => {
    const { longest } = window.bench;
    window.bench.longest = 0;
    return longest;
  });
}

/** Types a letter into the filter and measures until the list with fewer rows is painted, in milliseconds. */
export async function measureFilter(opened: BenchPage, word: string): Promise<number> {
  const { page } = opened;
  const field = page.getByPlaceholder(/Words/);
  await field.fill("");
  await whenIdle(opened);
  await page.evaluate(() => {
    window.bench.seen = {};
    const grid = document.querySelector('[role="grid"]');
    const input = document.querySelector<HTMLInputElement>('input[placeholder^="Words"]');
    input?.addEventListener(
      "input",
      () => {
        const typed = performance.now();
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => (window.bench.seen["filter"] = performance.now() - typed)));
        });
        if (grid) observer.observe(grid, { childList: true, subtree: true, characterData: true, attributes: true });
      },
      { once: true },
    );
  });
  await field.pressSequentially(word, { delay: 0 });
  const seen = await page.waitForFunction(() => window.bench.seen["filter"], undefined, {
    timeout: 30_000,
    polling: 20,
  });
  return (await seen.jsonValue()) ?? 0;
}
