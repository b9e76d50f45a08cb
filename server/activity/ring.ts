/** Keeps the newest so many things, each id once. */
export class Ring<T extends { readonly id: string }> {
  readonly #limit: number;
  readonly #items = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds a thing; one with the same id takes its predecessor's content and the newest place. */
  add(item: T): void {
    this.#items.delete(item.id);
    this.#items.set(item.id, item);
    for (const id of this.#items.keys()) {
      if (this.#items.size <= this.#limit) return;
      this.#items.delete(id);
    }
  }

  /** What is kept, oldest first. */
  get items(): Iterable<T> {
    return this.#items.values();
  }
}
