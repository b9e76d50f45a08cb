import { apiError } from "#lib/api/errors.ts";
import { Semaphore } from "#server/tools/semaphore.ts";

/** How much one person may have of the server at a time, in all of their sessions. */
export interface PersonLimit {
  /** Requests that are worked at; further ones wait. */
  readonly working: number;
  /** Requests that wait; further ones are refused. */
  readonly waiting: number;
  /** Streams of events and logs that are open. */
  readonly streams: number;
}

/** More than a person with a few browsers needs; much less than keeps others waiting. */
export const usualLimit: PersonLimit = { working: 16, waiting: 400, streams: 60 };

interface Entry {
  readonly turns: Semaphore;
  requests: number;
  streams: number;
}

/** Keeps one person from taking the server from everybody else: builds and comparisons take a processor each, streams take memory. */
export class PersonLimits {
  readonly #limit: PersonLimit;
  readonly #people = new Map<string, Entry>();

  constructor(limit = usualLimit) {
    this.#limit = limit;
  }

  /** Does a request's work when it is this person's turn. @throws ApiError 429, 408 when the client has gone before */
  async work<T>(person: string, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const entry = this.#entry(person);
    if (entry.requests >= this.#limit.working + this.#limit.waiting)
      throw tooMany("You have too many requests under way.", "Wait until some of them are answered.");
    entry.requests += 1;
    let begun = false;
    try {
      return await entry.turns.run(() => {
        begun = true;
        return task();
      }, signal);
    } catch (error) {
      // Nobody reads this: it is no fault that a log should tell of.
      throw begun ? error : apiError(408, "client-gone", "The client did not wait for its turn.");
    } finally {
      entry.requests -= 1;
      this.#drop(person);
    }
  }

  /** Counts a stream. @returns what counts it no more; further calls do nothing @throws ApiError 429 */
  stream(person: string): () => void {
    const entry = this.#entry(person);
    if (entry.streams >= this.#limit.streams)
      throw tooMany("You have too many streams open.", "Close some of your browsers' tabs, or logs that are followed.");
    entry.streams += 1;
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      entry.streams -= 1;
      this.#drop(person);
    };
  }

  #entry(person: string): Entry {
    const known = this.#people.get(person) ?? { turns: new Semaphore(this.#limit.working), requests: 0, streams: 0 };
    this.#people.set(person, known);
    return known;
  }

  #drop(person: string): void {
    const entry = this.#people.get(person);
    if (entry?.requests === 0 && entry.streams === 0) this.#people.delete(person);
  }
}

function tooMany(title: string, hint: string): Error {
  return apiError(429, "too-many", title, { hint, retryAfter: 1 });
}
