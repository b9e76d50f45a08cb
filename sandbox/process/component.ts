import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How to run one program of the sandbox. */
export interface ComponentDefinition {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it answers; asked again and again until it does. */
  readonly isReady: () => Promise<boolean>;
}

/** What the supervisor needs for every component. */
export interface ComponentHost {
  /** Path of `sandbox-helper`, whose `run` ties the process to the supervisor's life. */
  readonly helper: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: (name: string) => string;
  readonly onChange: () => void;
}

export type ComponentState = "stopped" | "starting" | "running";

/** One supervised process: started, stopped, and started again when it ends by itself. */
export class Component {
  readonly definition: ComponentDefinition;
  readonly #host: ComponentHost;
  #child: ChildProcess | undefined;
  #wanted = false;
  #ready = false;
  #restarts = 0;

  constructor(definition: ComponentDefinition, host: ComponentHost) {
    this.definition = definition;
    this.#host = host;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get state(): ComponentState {
    if (!this.#child) return "stopped";
    return this.#ready ? "running" : "starting";
  }

  /** Starts it and resolves when it answers. Throws when it doesn't within `timeout` milliseconds. */
  async start(timeout = 60_000): Promise<void> {
    this.#wanted = true;
    if (!this.#child) this.#spawn();
    const deadline = Date.now() + timeout;
    // Starting programs answer within tens of milliseconds or within seconds: look often first, rarely later.
    for (let pause = 25; !(await this.definition.isReady().catch(() => false)); pause = Math.min(pause * 1.3, 200)) {
      if (!this.#wanted) throw new Error(`${this.definition.name} was stopped while it started`);
      if (Date.now() > deadline) throw new Error(`${this.definition.name} isn't ready; its log: ${this.#log()}`);
      await sleep(pause);
    }
    this.#ready = true;
    this.#host.onChange();
  }

  /** Ends it and resolves when the process has gone, so that its port is free again. */
  async stop(signal: NodeJS.Signals = "SIGTERM", grace = 3000): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), grace);
    await gone;
    clearTimeout(timer);
  }

  #spawn(): void {
    const log = openSync(this.#log(), "a");
    const [program, ...rest] = this.definition.command;
    const child = spawn(this.#host.helper, ["run", String(process.pid), program, ...rest], {
      env: { NODE_ENV: process.env.NODE_ENV, ...this.#host.environment, ...this.definition.environment },
      stdio: ["ignore", log, log],
      // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which ends things in order.
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.#ready = false;
    child.once("error", () => this.#ended());
    child.once("exit", () => this.#ended());
    this.#host.onChange();
  }

  #ended(): void {
    this.#child = undefined;
    this.#ready = false;
    this.#host.onChange();
    if (!this.#wanted) return;
    // As a kubelet would: what ends by itself comes back, a little later each time.
    this.#restarts++;
    setTimeout(
      () => {
        if (this.#wanted && !this.#child) this.start().catch(() => undefined);
      },
      Math.min(500 * this.#restarts, 5000),
    );
  }

  #log(): string {
    return this.#host.logFile(this.definition.name);
  }
}
