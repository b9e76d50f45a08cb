/** Writes one after another for each name, and as they come for different ones. */
export class WriteQueue {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs after what was added before under this name, whether that has failed or not. */
  add(name: string, write: () => Promise<void>): void {
    const before = this.#last.get(name) ?? Promise.resolve();
    const done = before.catch(() => undefined).then(write);
    this.#last.set(name, done);
    done
      .catch(() => undefined)
      .finally(() => {
        if (this.#last.get(name) === done) this.#last.delete(name);
      });
  }

  /** Resolves once the last that was added is done. @throws what it throws */
  async settled(name: string): Promise<void> {
    await this.#last.get(name);
  }
}
