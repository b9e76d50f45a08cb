import { apiError } from "#lib/api/errors.ts";

/** What is being changed right now by this server. */
export class InFlight {
  readonly #keys = new Set<string>();

  /** Runs the work unless the same thing is being worked on. @throws ApiError 409 when it is */
  async run<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return await work();
    if (this.#keys.has(key)) {
      throw apiError(409, "conflict", "Another change of it is running.", {
        hint: "Wait until it has finished, look at the result, then decide again.",
      });
    }
    this.#keys.add(key);
    try {
      return await work();
    } finally {
      this.#keys.delete(key);
    }
  }
}
