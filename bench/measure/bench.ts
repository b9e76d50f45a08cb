import { join } from "node:path";
import type { Browser } from "@playwright/test";
import type { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import type { SandboxContext, SandboxLogin } from "../../sandbox/context.ts";
import type { Dashboard } from "../../sandbox/dashboard.ts";
import { largeKustomizations } from "../fleet/flux.ts";
import { withObjects } from "../fleet/make.ts";
import { countOf, type Fleet } from "../fleet/plan.ts";
import { Changes } from "./changes.ts";
import { countRequests } from "./counting-proxy.ts";
import { measureFloors } from "./floors.ts";
import { measureDrift, measureGraph } from "./large.ts";
import { limitedEnvironment, limitedPerson, measureLimited } from "./limited.ts";
import { measureLists } from "./lists.ts";
import { measureBurst, measureLatency } from "./live.ts";
import { measureFirstLoad, measureLoads, measureWords } from "./loads.ts";
import { loadList, openPage } from "./page.ts";
import { atRest, cpuSeconds, peakMemory, residentMemory } from "./process-tree.ts";
import { measureQuietMinute } from "./quiet.ts";
import type { Figure } from "./report.ts";
import { differences } from "./same-list.ts";
import { logIn, whenComplete } from "./session.ts";
import { measureTools } from "./tools.ts";

/** What the measurements work with. */
export interface BenchOptions {
  readonly context: SandboxContext;
  readonly fleet: Fleet;
  readonly client: KubeClient;
  /** @param environment what is set up otherwise than usual */
  readonly start: (environment?: Readonly<Record<string, string>>) => Promise<Dashboard>;
  readonly report: (line: string) => void;
}

/** How long two views may take until they show the same, and how long a server rests before its memory is looked at; milliseconds. */
const settleTime = 180_000;
const restTime = 20_000;

/** All measurements of one fleet, one after the other. */
export class Bench {
  readonly figures: Figure[] = [];
  readonly missing: string[] = [];
  readonly #options: BenchOptions;
  #dashboard: Dashboard | undefined;

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  /**
   * Measures the rows of the table into `figures`. What fails is told in `missing`, and the others are measured all the same.
   *
   * @param only names of steps; all when empty
   */
  async measure(browser: Browser, rounds: number, only: readonly string[] = []): Promise<void> {
    const step = async (name: string, work: () => Promise<void>): Promise<void> => {
      if (only.length > 0 && !only.includes(name)) return;
      try {
        await work();
      } catch (error) {
        const [words = ""] = String(error).split("\n");
        this.#options.report(`${name} failed: ${words}`);
        this.missing.push(`${name}: ${words}`);
      }
    };
    await step("tools", async () => this.#add(...(await measureTools(this.#options.context))));
    await step("floors", async () => this.#add(...(await measureFloors(this.#options.client))));
    const dashboard = await this.#startUp();
    const session = await logIn(dashboard, this.#token("viewer"));
    await step("list", async () => this.#add(...(await measureLists(session, this.figures))));
    await step("loads", async () => {
      this.#add(...(await measureFirstLoad(browser, dashboard, session.cookie)));
      await atRest(this.#pid(), 6 * this.#options.fleet.scale);
      this.#add(...(await measureLoads(browser, dashboard, session.cookie, rounds)));
    });
    const page = await openPage(browser, dashboard, session.cookie);
    await loadList(page, dashboard.url);
    await step("filter", async () => this.#add(await measureWords(page)));
    await step("latency", async () =>
      this.#add(...(await measureLatency(page, dashboard.url, this.#changes("latency")))),
    );
    await step("burst", async () => {
      this.#add(...(await measureBurst(page, this.#pid(), this.#changes("burst"))));
      await this.#compare(dashboard);
    });
    await step("large", () =>
      withObjects(this.#options.client, largeKustomizations(this.#options.fleet), async () => {
        this.#add(...(await measureGraph(page, dashboard, this.#options.fleet)));
        this.#add(await measureDrift(session, this.#options.fleet));
      }),
    );
    await page.close();
    await step("memory", () => this.#memory());
    await step("limited", () =>
      withObjects(this.#options.client, limitedPerson, async () =>
        this.#add(...(await measureLimited(await this.#start(limitedEnvironment), this.#options.client, restTime))),
      ),
    );
    await step("quiet", () => this.#quiet(browser));
  }

  /** Changes things at random, at most `rate` times a second, and compares with a fresh list. */
  async soak(
    minutes: number,
    rate: number,
  ): Promise<{ changes: number; memoryBefore: number; memory: number[]; memoryAfter: number }> {
    const dashboard = await this.#start();
    await whenComplete(await logIn(dashboard, this.#token("viewer")), this.#rows());
    const memoryBefore = Math.round(residentMemory(this.#pid()));
    const changes = this.#changes(`soak ${minutes}`);
    const memory: number[] = [];
    let made = 0;
    for (const started = performance.now(); performance.now() - started < minutes * 60_000; made += 1) {
      await Promise.all([changes.any(), new Promise((resolve) => setTimeout(resolve, 1_000 / rate))]);
      if (performance.now() - started < (memory.length + 1) * minutes * 6_000) continue;
      memory.push(Math.round(residentMemory(this.#pid())));
      this.#options.report(`${made + 1} changes, ${memory.at(-1)} MiB`);
    }
    // At rest, and before somebody else logs in to compare: what a view has is what it had.
    await new Promise((resolve) => setTimeout(resolve, restTime));
    const memoryAfter = Math.round(residentMemory(this.#pid()));
    await this.#compare(dashboard);
    return { changes: made, memoryBefore, memory, memoryAfter };
  }

  /** Ends the dashboard. */
  async stop(): Promise<void> {
    await this.#dashboard?.stop();
    this.#dashboard = undefined;
  }

  #add(...figures: Figure[]): void {
    for (const figure of figures)
      this.#options.report(`${figure.what}: ${figure.values.map(Math.round).join(", ")} ${figure.unit}`);
    this.figures.push(...figures);
  }

  #changes(seed: string): Changes {
    return new Changes(this.#options.client, this.#options.fleet, seed);
  }

  #token(name: SandboxLogin["name"]): string {
    return this.#options.context.logins.find((login) => login.name === name)?.token ?? "";
  }

  #rows(): number {
    const { fleet } = this.#options;
    return (["kustomizations", "helmReleases", "argoApplications", "releases"] as const).reduce(
      (sum, what) => sum + countOf(fleet, what),
      0,
    );
  }

  async #start(environment?: Readonly<Record<string, string>>): Promise<Dashboard> {
    await this.stop();
    this.#dashboard = await this.#options.start(environment);
    return this.#dashboard;
  }

  #pid(): number {
    return this.#dashboard?.process.pid ?? 0;
  }

  async #startUp(): Promise<Dashboard> {
    const started = performance.now();
    const dashboard = await this.#start();
    const bare = peakMemory(this.#pid());
    const before = cpuSeconds(this.#pid());
    await whenComplete(await logIn(dashboard, this.#token("viewer")), this.#rows());
    this.#add(
      {
        what: "server start until the list is complete",
        unit: "s",
        values: [(performance.now() - started) / 1000],
        wanted: 3,
      },
      { what: "CPU of that", unit: "s", values: [cpuSeconds(this.#pid()) - before] },
      {
        what: "peak memory when the list is complete",
        unit: "MiB",
        values: [peakMemory(this.#pid())],
        floor: `${Math.round(bare)} MiB before anybody has logged in`,
      },
    );
    return dashboard;
  }

  /** @throws Error when the list of a view that has seen all changes is not that of one that has just been opened */
  async #compare(dashboard: Dashboard): Promise<void> {
    const old = await logIn(dashboard, this.#token("viewer"));
    const fresh = await logIn(dashboard, this.#token("admin"));
    await whenComplete(fresh, this.#rows());
    let differing: string[] = [];
    // Watches may lag, and release records are read in the background: what counts is that both come to the same.
    for (const deadline = performance.now() + settleTime; performance.now() < deadline;) {
      differing = differences((await old.list()).list.items, (await fresh.list()).list.items);
      if (differing.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    if (differing.length > 0)
      throw new Error(`${differing.length} rows are not what a fresh list says, first ${differing[0] ?? ""}`);
    this.#options.report("After the changes the list equals a fresh one.");
  }

  /** What a fresh server needs for two people, of one identity and then of two, while it loads what should be there; and what the one had that all was asked of. */
  async #memory(): Promise<void> {
    const afterAll = peakMemory(this.#pid());
    const again = await this.#start();
    const bare = peakMemory(this.#pid());
    const peakOf = async (session: Awaited<ReturnType<typeof logIn>>): Promise<number> => {
      await whenComplete(session, this.#rows());
      await new Promise((resolve) => setTimeout(resolve, restTime));
      return peakMemory(this.#pid());
    };
    const one = await logIn(again, this.#token("viewer"));
    await logIn(again, this.#token("viewer"));
    this.#add(
      {
        what: "server's peak memory, two people with one identity",
        unit: "MiB",
        values: [await peakOf(one)],
        wanted: 220,
        floor: `${Math.round(bare)} MiB before anybody has logged in`,
      },
      {
        what: "server's peak memory, two people with two identities",
        unit: "MiB",
        values: [await peakOf(await logIn(again, this.#token("admin")))],
        wanted: 280,
      },
      { what: "server's peak memory, two identities, after all of the above", unit: "MiB", values: [afterAll] },
    );
  }

  /** A page is open and nothing happens. The person's API server is a proxy that counts. */
  async #quiet(browser: Browser): Promise<void> {
    const { apiServerUrl, stateDirectory } = this.#options.context;
    const keys = join(stateDirectory, "keys");
    const proxy = await countRequests(apiServerUrl, keys);
    const dashboard = await this.#start();
    const server = { url: proxy.url, authority: join(keys, "ca.crt") };
    const session = await logIn(dashboard, this.#token("viewer"), server);
    await whenComplete(session, this.#rows());
    const page = await openPage(browser, dashboard, session.cookie);
    await loadList(page, dashboard.url);
    this.#add(...(await measureQuietMinute(this.#pid(), proxy)));
    await page.close();
    proxy.close();
  }
}
