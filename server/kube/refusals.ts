import { refusalGrace, startingTime, steadyRefusalGrace } from "./reflector-times.ts";

/** The answers by which an API server refuses: not logged in, not allowed, not there. */
export type RefusalStatus = 401 | 403 | 404 | 405;

/** Whether an HTTP status is a refusal rather than a failure. */
export function isRefusal(status: number): status is RefusalStatus {
  return status === 401 || status === 403 || status === 404 || status === 405;
}

/**
 * Decides when a refusal counts. An API server that has just started refuses until it has read its accounts, roles and CRDs, so that after a lost connection
 * a refusal must go on for longer than from one that was there all the time. Times are milliseconds of one clock.
 */
export class Refusals {
  #since: number | undefined;
  #lostAt = -Infinity;

  /** The API server did not answer, or could not. */
  lost(now: number): void {
    this.#since = undefined;
    this.#lostAt = now;
  }

  /** It answered with something else than a refusal. */
  ended(): void {
    this.#since = undefined;
  }

  /** For how long refusals must go on from now until one counts; zero or less when this one does. */
  remaining(status: RefusalStatus, now: number): number {
    this.#since ??= now;
    const starting = now - this.#lostAt < startingTime;
    const grace = starting || status !== 403 ? refusalGrace : steadyRefusalGrace;
    return this.#since + grace - now;
  }
}
