/** For how many milliseconds the router may bring back an address that has been replaced since: it takes each one over in a transition of its own. */
const settling = 1_000;

/**
 * The addresses that were written a moment ago. After two changes in quick succession Next.js's router shows the first one again until it has drawn the second;
 * a third change must not begin from there, or the second would be lost.
 */
export class WrittenQueries {
  #written: readonly { url: string; at: number }[] = [];

  /** What a change begins from: the address, or the newest one written where that shows an older one. Times are milliseconds of one clock. */
  base(shown: string, now: number): string {
    this.#written = this.#written.filter(({ at }) => now - at < settling);
    return this.#written.some(({ url }) => url === shown) ? (this.#written.at(-1)?.url ?? shown) : shown;
  }

  /** An address was written. */
  wrote(url: string, now: number): void {
    this.#written = [...this.#written.filter((each) => each.url !== url), { url, at: now }];
  }

  /** The person went somewhere: what is shown now is meant. */
  forget(): void {
    this.#written = [];
  }
}
