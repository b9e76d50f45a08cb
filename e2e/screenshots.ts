import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser, type BrowserContext, type Page } from "@playwright/test";
import type { SandboxContext } from "../sandbox/context.ts";
import { buildDashboard, startDashboard } from "../sandbox/dashboard.ts";
import { actOnComponent, down, readContext, up } from "../sandbox/lifecycle.ts";
import { findBrowser } from "../sandbox/browser.ts";
import { scenes } from "./scenes/all.ts";
import { LoginDashboards } from "./scenes/login-dashboards.ts";
import type { Scene } from "./scenes/scene.ts";

/**
 * `npm run screenshots`: a picture of every page and state, in both themes and two widths, in ./screenshots.
 * `-- --sandbox NAME` uses a sandbox that runs, `--url URL` a dashboard that runs on it, `--only TEXT` the scenes whose name holds the text (also several),
 * `--theme light`, `--width 1440` less of them.
 */
const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    sandbox: { type: "string" },
    url: { type: "string" },
    only: { type: "string", multiple: true, default: [""] },
    theme: { type: "string", multiple: true, default: ["light", "dark"] },
    width: { type: "string", multiple: true, default: ["1440", "390"] },
    out: { type: "string", default: join(root, "screenshots") },
  },
});
mkdirSync(values.out, { recursive: true });

const own = values.sandbox === undefined ? `screenshots-${process.pid}` : undefined;
const sandboxName = own ?? values.sandbox ?? "";
const sandbox = own
  ? await up({ name: own, attached: true }, (line) => console.log(line))
  : await readContext(sandboxName);
if (!sandbox) throw new Error(`The sandbox ${sandboxName} does not run.`);
if (values.url === undefined) buildDashboard();
const dashboard =
  values.url === undefined ? await startDashboard(sandbox, join(values.out, "dashboard.log")) : undefined;
const url = values.url ?? dashboard?.url ?? "";
const others = new LoginDashboards(sandbox, join(values.out, "dashboard-login.log"));
const executablePath = findBrowser((line) => console.log(line));
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
});
const cookies = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();
const missing: string[] = [];
try {
  await takeAll(scenes.filter(wanted));
  if (wanted({ name: "list-disconnected" })) await takeOutage();
} finally {
  await browser.close();
  await others.stop();
  await dashboard?.stop();
  if (own) await down(own);
}
for (const line of missing) console.error(line);
console.log(`Pictures are in ${values.out}`);
process.exitCode = missing.length > 0 ? 1 : 0;

function wanted({ name }: Pick<Scene, "name">): boolean {
  return values.only.some((text) => name.includes(text));
}

async function takeAll(chosen: readonly Scene[]): Promise<void> {
  for (const theme of values.theme)
    for (const width of values.width)
      for (const scene of chosen) {
        if (scene.only !== undefined && scene.only !== (Number(width) < 600 ? "narrow" : "wide")) continue;
        const context = await open(browser, theme, Number(width), scene);
        await take(await context.newPage(), scene, `${scene.name}-${width}-${theme}`);
        await context.close();
      }
}

/** What a person sees while the cluster does not answer; afterwards it answers again. */
async function takeOutage(): Promise<void> {
  const views = await Promise.all(
    values.theme.flatMap((theme) =>
      values.width.map(async (width) => {
        const context = await open(browser, theme, Number(width), { as: "admin" });
        const page = await context.newPage();
        await page.goto(`${url}/apps`);
        await settle(page);
        return { context, page, file: `${width}-${theme}.png` };
      }),
    ),
  );
  await actOnComponent("kube-apiserver", "stop", sandboxName);
  try {
    for (const { page, file } of views) {
      await page.getByRole("button", { name: /Disconnected/ }).waitFor({ timeout: 60_000 });
      await page.screenshot({ path: join(values.out, `list-disconnected-${file}`) });
      await page.getByRole("grid").getByRole("link").first().click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      await settle(page);
      await page.screenshot({ path: join(values.out, `app-disconnected-${file}`) });
    }
  } finally {
    await actOnComponent("kube-apiserver", "start", sandboxName);
    await Promise.all(views.map(({ context }) => context.close()));
  }
}

async function take(page: Page, scene: Scene, file: string): Promise<void> {
  try {
    const lasting = scene.name.startsWith("loading-");
    await scene.before?.(page);
    await page.goto((scene.server === undefined ? url : await others.url(scene.server)) + scene.path);
    await settle(page, lasting);
    await scene.act?.(page);
    await settle(page, lasting);
  } catch (error) {
    missing.push(`${file}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`);
  }
  await page.screenshot({ path: join(values.out, `${file}.png`) });
}

/**
 * Waits until nothing loads or moves any more: the event stream never ends, so the network is never idle.
 *
 * @param lasting what loads never comes
 */
async function settle(page: Page, lasting = false): Promise<void> {
  // By element: behind a dialog the page has no roles.
  await page.locator("main").first().waitFor();
  // A page that follows a log never comes to rest: its picture is taken all the same.
  await page.waitForFunction(atRest, lasting, { timeout: 8000 }).catch(() => undefined);
}

/** Runs in the page: resolves when for a quarter of a second nothing has loaded, changed or moved. */
function atRest(lasting: boolean): Promise<boolean> {
  const loading = ["Loading", "Looking", "Comparing"].map((word) => `[role="status"][aria-label^="${word}"]`).join();
  return new Promise((resolve) => {
    const look = (): void => {
      const moving = document
        .getAnimations()
        .some(({ effect, playState }) => playState === "running" && effect?.getTiming().iterations === 1);
      if (moving || (document.querySelector(loading) !== null) !== lasting) return again();
      observer.disconnect();
      resolve(true);
    };
    let timer = setTimeout(look, 250);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(look, 250);
    };
    const observer = new MutationObserver(again);
    observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  });
}

async function open(
  from: Browser,
  theme: string,
  width: number,
  { as: who, clusters }: Pick<Scene, "as" | "clusters">,
): Promise<BrowserContext> {
  const context = await from.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: theme === "dark" ? "dark" : "light",
    reducedMotion: "reduce",
    baseURL: url,
    // The sandbox's identity provider has a certificate of the sandbox's own.
    ignoreHTTPSErrors: true,
  });
  context.setDefaultTimeout(10_000);
  if (who === undefined) return context;
  const session = clusters ? `${who}, two clusters` : who;
  const known = cookies.get(session);
  if (known) {
    await context.addCookies(known);
    return context;
  }
  const headers = { origin: new URL(url).origin };
  const answer = await context.request.post("/api/v1/session", { data: { token: tokenOf(who, sandbox) }, headers });
  if (!answer.ok()) throw new Error(`${who} can't log in: ${await answer.text()}`);
  if (clusters) {
    const data = { kubeconfig: secondCluster(sandbox) };
    const joined = await context.request.post("/api/v1/clusters", { data, headers });
    if (!joined.ok()) throw new Error(`${who} can't log in to a second cluster: ${await joined.text()}`);
  }
  cookies.set(session, await context.cookies());
  return context;
}

/** The viewer's kubeconfig, with the cluster under another name. */
function secondCluster(context: SandboxContext | undefined): string {
  const file = context?.logins.find(({ name }) => name === "viewer")?.kubeconfig;
  if (file === undefined) throw new Error("there is no viewer");
  return readFileSync(file, "utf8").replaceAll('"sandbox"', '"sandbox-two"');
}

function tokenOf(who: string, context: SandboxContext | undefined): string {
  const login = context?.logins.find(({ name }) => name === who);
  if (login?.token === undefined) throw new Error(`${who} has no token`);
  return login.token;
}
