import { access } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Component, type ComponentDefinition, type ComponentHost } from "./component.ts";

/** What can be asked of one component by name. */
export const componentActions = ["start", "stop", "restart", "kill"] as const;
export type ComponentAction = (typeof componentActions)[number];

/** All components of a sandbox. */
export class ComponentSet {
  readonly #components = new Map<string, Component>();
  readonly #host: ComponentHost;
  #closed = false;

  constructor(host: ComponentHost) {
    this.#host = host;
  }

  get all(): readonly Component[] {
    return [...this.#components.values()];
  }

  /** Starts a component, waiting for its program where it is still being built. */
  async start(definition: ComponentDefinition): Promise<void> {
    const [program] = definition.command;
    if (isAbsolute(program)) await whenExists(program);
    if (this.#closed) return;
    const component = new Component(definition, this.#host);
    this.#components.set(definition.name, component);
    await component.start();
  }

  async startAll(definitions: readonly ComponentDefinition[]): Promise<void> {
    await Promise.all(definitions.map((definition) => this.start(definition)));
  }

  /**
   * Acts on one component: `stop` ends it in order and keeps it stopped until `start`, `restart` does both,
   * `kill` ends it at once and leaves the supervisor to bring it back. Throws when there is none of the name.
   */
  async act(name: string, action: ComponentAction): Promise<void> {
    const component = this.#components.get(name);
    if (!component) throw new Error(`There is no ${name}; there are ${[...this.#components.keys()].join(", ")}.`);
    if (action === "kill") {
      if (component.pid) process.kill(component.pid, "SIGKILL");
      return;
    }
    if (action !== "start") await component.stop();
    if (action !== "stop") await component.start();
  }

  /** Ends all at once, by force after a moment: nothing of a sandbox that goes down is needed again. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.all.map((component) => component.stop("SIGTERM", 1500)));
  }
}

/** Resolves once there is a file at `path`. */
export async function whenExists(path: string, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return;
    signal?.throwIfAborted();
    await sleep(300);
  }
}
