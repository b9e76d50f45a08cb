/** Counts answers for `/metrics`: by method and status class, without paths, so that it says nothing about any cluster. */
export class RequestCounter {
  readonly #counts = new Map<string, number>();

  count(method: string, status: number): void {
    const key = `${method} ${Math.trunc(status / 100)}xx`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  *entries(): Generator<{ method: string; status: string; count: number }> {
    for (const [key, count] of this.#counts) {
      const [method = "", status = ""] = key.split(" ");
      yield { method, status, count };
    }
  }
}
