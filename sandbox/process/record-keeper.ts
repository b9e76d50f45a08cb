import { rm } from "node:fs/promises";

import type { SandboxRecord } from "../state.ts";

/** Keeps sandbox.json up to date: changes that come together are written once, and never two at a time. */
export class RecordKeeper {
  readonly #write: (record: SandboxRecord) => Promise<void>;
  #record: SandboxRecord | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(write: (record: SandboxRecord) => Promise<void>) {
    this.#write = write;
  }

  begin(record: SandboxRecord): void {
    this.#record = record;
  }

  /** Notes a change; before `begin` there is nothing to note it in. */
  update(change: Partial<Pick<SandboxRecord, "phase" | "components">>): void {
    if (!this.#record || this.#closed) return;
    this.#record = { ...this.#record, ...change };
    this.#timer ??= setTimeout(() => void this.flush(), 100);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writeAfter(this.#writing);
    await this.#writing;
  }

  async #writeAfter(previous: Promise<void>): Promise<void> {
    await previous;
    if (this.#record && !this.#closed) await this.#write(this.#record);
  }

  /** Takes the file away for good. */
  async remove(path: string): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#writing.catch(() => undefined);
    await rm(path, { force: true });
  }
}
