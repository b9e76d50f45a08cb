import { join } from "node:path";
import type { Browser } from "@playwright/test";
import type { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import type { SandboxContext, SandboxLogin } from "../../sandbox/context.ts";
import type { Dashboard } from "../../sandbox/dashboard.ts";
import { countOf, type Fleet } from "../fleet/plan.ts";
import { unitName } from "../fleet/unit-name.ts";
import { Changes } from "./changes.ts";
import { countRequests } from "./counting-proxy.ts";
import { measureFloors } from "./floors.ts";
import { loadList, measureFilter, openPage, takeLongest, want, whenSeen, type BenchPage, type Load } from "./page.ts";
import { cpuSeconds, peakMemory, residentMemory } from "./process-tree.ts";
import { runProgram } from "./programs.ts";
import type { Figure } from "./report.ts";
import { differences } from "./same-list.ts";
import { logIn, whenComplete } from "./session.ts";

/** What the measurements work with. */
export interface BenchOptions {
  readonly context: SandboxContext;
  readonly fleet: Fleet;
  readonly client: KubeClient;
  readonly start: () => Promise<Dashboard>;
  readonly report: (line: string) => void;
}

const latencySamples = 20;
const burstSize = 1000;
const quietSeconds = 60;
/** How long two views may take until they show the same; milliseconds. */
const settleTime = 180_000;

/** All measurements of one fleet, one after the other. */
export class Bench {
  readonly figures: Figure[] = [];
  readonly missing: string[] = [
    "an application with 5,000 resources: the graph has a test of its own",
    "drift of one application with 100 objects: no unit of the fleet has so many",
  ];
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
    await step("tools", () => this.#tools());
    await step("floors", async () => this.#add(...(await measureFloors(this.#options.client))));
    const dashboard = await this.#startUp();
    const session = await logIn(dashboard, this.#token("viewer"));
    await step("list", () => this.#helmList(session));
    await step("loads", () => this.#loads(browser, dashboard, session.cookie, rounds));
    const page = await openPage(browser, dashboard, session.cookie);
    await loadList(page, dashboard.url);
    await step("filter", async () => this.#add(await this.#filter(page)));
    await step("latency", () => this.#latency(page, dashboard));
    await step("burst", () => this.#burst(page, dashboard));
    await page.close();
    await step("memory", () => this.#memory());
    await step("quiet", () => this.#quiet(browser));
  }

  /** Changes things at random, compares with a fresh list. */
  async soak(minutes: number): Promise<{ changes: number; memoryBefore: number; memoryAfter: number }> {
    const { client, fleet } = this.#options;
    const dashboard = await this.#start();
    await whenComplete(await logIn(dashboard, this.#token("viewer")), this.#rows());
    const memoryBefore = Math.round(residentMemory(this.#pid()));
    const changes = new Changes(client, fleet, `soak ${minutes}`);
    let made = 0;
    for (const end = performance.now() + minutes * 60_000; performance.now() < end; made += 1) await changes.any();
    await this.#compare(dashboard);
    return { changes: made, memoryBefore, memoryAfter: Math.round(residentMemory(this.#pid())) };
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

  async #start(): Promise<Dashboard> {
    await this.stop();
    this.#dashboard = await this.#options.start();
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

  /** What the engines' own programs need for the same fleet. */
  async #tools(): Promise<void> {
    const { binDirectory, logins } = this.#options.context;
    const kubeconfig = logins.find(({ name }) => name === "viewer")?.kubeconfig ?? "";
    const commands = [
      ["helm", "ls", "-A", "--max", "0"],
      ["kubectl", "get", "kustomizations.kustomize.toolkit.fluxcd.io", "-A"],
      ["flux", "get", "kustomizations", "-A"],
    ] as const;
    for (const [program, ...args] of commands) {
      const runs = [];
      for (let round = 0; round < 3; round += 1)
        runs.push(await runProgram(join(binDirectory, program), args, kubeconfig));
      this.#add({
        what: `\`${[program, ...args].join(" ")}\``,
        unit: "ms",
        values: runs.map(({ milliseconds }) => milliseconds),
        note: `${Math.round(Math.max(...runs.map(({ mebibytes }) => mebibytes)))} MiB`,
      });
    }
  }

  async #helmList(session: Awaited<ReturnType<typeof logIn>>): Promise<void> {
    const values = [];
    for (let round = 0; round < 10; round += 1) values.push((await session.list("?engine=helm")).milliseconds);
    const helm = this.figures.find(({ what }) => what.startsWith("`helm ls"))?.values ?? [];
    const ratio = Math.min(...helm) / Math.min(...values);
    this.#add({
      what: "list of all Helm releases",
      unit: "ms",
      values,
      wanted: 150,
      note: `\`helm ls\` takes ${ratio.toFixed(1)} times as long`,
    });
  }

  async #loads(browser: Browser, dashboard: Dashboard, cookie: string, rounds: number): Promise<void> {
    const loads: Load[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await openPage(browser, dashboard, cookie);
      loads.push(await loadList(page, dashboard.url));
      await page.close();
    }
    this.#add(
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
    );
  }

  async #filter(page: BenchPage): Promise<Figure> {
    const values = [];
    for (const word of ["7", "app-00", "argo", "chart-004", "release-0012"])
      values.push(await measureFilter(page, word));
    await page.page.getByPlaceholder(/Words/).fill("");
    return { what: "filter typed until painted", unit: "ms", values, wanted: 50, floor: "one frame, 17 ms" };
  }

  /** From the moment that the API server has a change until the row shows it. */
  async #latency(page: BenchPage, { url }: Dashboard): Promise<void> {
    const { client, fleet } = this.#options;
    const changes = new Changes(client, fleet, "latency");
    const index = 17;
    const { name } = unitName({ engine: "flux-kustomization", index });
    await page.page.goto(`${url}/apps?q=${name}`);
    await page.page.getByRole("link", { name, exact: true }).first().waitFor();
    await page.page.waitForTimeout(2_000);
    const values = [];
    for (let sample = 0; sample < latencySamples; sample += 1) {
      const words = `measured-${sample}-${Date.now()}`;
      await want(page, words);
      const started = Date.now();
      await changes.kustomization(index, words);
      values.push((await whenSeen(page, words)) - started);
      await page.page.waitForTimeout(150);
    }
    await page.page.goto(`${url}/apps`);
    this.#add(
      { what: "status change until the row shows it, from before the request", unit: "ms", values, wanted: 80 },
      { what: "the slowest of those", unit: "ms", values: [Math.max(...values)], wanted: 250 },
    );
  }

  async #burst(page: BenchPage, dashboard: Dashboard): Promise<void> {
    const { client, fleet } = this.#options;
    await page.page.waitForTimeout(2_000);
    await takeLongest(page);
    const before = page.bytes("/api/v1/");
    const cpu = cpuSeconds(this.#pid());
    await new Changes(client, fleet, "burst").burst(burstSize, `burst ${Date.now()}`);
    for (let last = -1, now = page.bytes("/api/v1/"); last !== now;) {
      await page.page.waitForTimeout(2_000);
      last = now;
      now = page.bytes("/api/v1/");
    }
    this.#add(
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
        values: [((cpuSeconds(this.#pid()) - cpu) * 1000) / burstSize],
      },
    );
    await this.#compare(dashboard);
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

  async #memory(): Promise<void> {
    const twoIdentities = peakMemory(this.#pid());
    const again = await this.#start();
    const one = await logIn(again, this.#token("viewer"));
    await logIn(again, this.#token("viewer"));
    await whenComplete(one, this.#rows());
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    this.#add(
      {
        what: "server's peak memory, two people with one identity",
        unit: "MiB",
        values: [peakMemory(this.#pid())],
        wanted: 220,
        floor: "154 MiB: an empty Next.js server",
      },
      {
        what: "server's peak memory, two identities, after all of the above",
        unit: "MiB",
        values: [twoIdentities],
        wanted: 280,
      },
    );
  }

  /** A page is open and nothing happens. The person's API server is a proxy that counts. */
  async #quiet(browser: Browser): Promise<void> {
    const { apiServerUrl, stateDirectory } = this.#options.context;
    const proxy = await countRequests(apiServerUrl, join(stateDirectory, "keys"));
    const dashboard = await this.#start();
    const session = await logIn(dashboard, this.#token("viewer"), {
      url: proxy.url,
      authority: join(stateDirectory, "keys", "ca.crt"),
    });
    await whenComplete(session, this.#rows());
    const page = await openPage(browser, dashboard, session.cookie);
    await loadList(page, dashboard.url);
    // What is desired is loaded in the background: wait until that has come to rest, or for two minutes.
    let busy = cpuSeconds(this.#pid());
    for (let round = 0; round < 12; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      const now = cpuSeconds(this.#pid());
      if (now - busy < 0.5) break;
      busy = now;
    }
    proxy.take();
    const cpu = cpuSeconds(this.#pid());
    await new Promise((resolve) => setTimeout(resolve, quietSeconds * 1000));
    const requests = proxy.take();
    const watches = requests.get("WATCH") ?? 0;
    const others = [...requests].filter(([verb]) => verb !== "WATCH");
    this.#add(
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
        values: [((cpuSeconds(this.#pid()) - cpu) / quietSeconds) * 100],
        wanted: 2,
      },
    );
    await page.close();
    proxy.close();
  }
}
