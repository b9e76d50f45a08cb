import type { Clock } from "./clock.ts";

/**
 * How long a watch lasts at least, in seconds, unless its owner says otherwise. The API server asks only when a watch begins whether this person may read
 * (GO-2024-3006): a right that was taken away is noticed within this time (docs/decisions/0007-quiet.md).
 */
const usualLifetime = 40;
/** The shortest that an owner may ask for: the API server sends a bookmark two seconds before the end, and a watch without one would go on from an old version. */
const shortestLifetime = 6;
/** How many watches of one view may begin anew in a second. */
const beginningsPerSecond = 5;
/** By how much longer watches may last, as a part of the shortest, so that not all end at once. */
const spread = 0.2;
/**
 * A reflector's first watch lasts this part of the shortest at least, so that of all that began together the first ends early, and a person who has lost their rights
 * is noticed by it.
 */
const firstPart = 0.375;
/** Milliseconds after which a watch that should have ended counts as lost: the peer has vanished without a word. */
const grace = 10_000;

/** The shortest lifetime, in seconds, with which so many watches don't begin anew more often than the API server should be asked. */
export function lifetimeAmong(watches: number): number {
  return Math.min(usualLifetime, Math.max(shortestLifetime, Math.ceil(watches / beginningsPerSecond)));
}

/** Says how long each watch of a reflector may last, and when it has lasted too long. */
export class WatchLifetime {
  readonly #shortest: () => number;
  readonly #clock: Clock;
  readonly #random: () => number;
  #begun = 0;

  constructor(clock: Clock, random: () => number, shortest = () => usualLifetime) {
    this.#clock = clock;
    this.#random = random;
    this.#shortest = shortest;
  }

  /** Seconds to ask for. @param listing what a list takes is not known: its watch is given time, and {@link renewal} ends it when the list is complete */
  next(listing: boolean): number {
    return this.#between(listing ? usualLifetime : this.#shortest(), this.#begun++ === 0);
  }

  /** Resolves with whether a watch that has brought its list should begin anew now: when its owner wants short ones, and it has not ended before. */
  async renewal(ended: AbortSignal): Promise<boolean> {
    const shortest = this.#shortest();
    if (shortest >= usualLifetime) return false;
    await this.#clock.wait(this.#between(shortest, true) * 1000, ended);
    return !ended.aborted;
  }

  /** Resolves when a watch should have ended by itself, with whether it has not. */
  async isOverdue(seconds: number, ended: AbortSignal): Promise<boolean> {
    await this.#clock.wait(seconds * 1000 + grace, ended);
    return !ended.aborted;
  }

  #between(shortest: number, first: boolean): number {
    const from = first ? Math.floor(shortest * firstPart) : shortest;
    return from + Math.floor(this.#random() * (Math.ceil(shortest * (1 + spread)) - from));
  }
}
