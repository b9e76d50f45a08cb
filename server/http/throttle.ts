import type { Clock } from "./clock.ts";

/** How many failed logins are taken within the window. */
export interface ThrottleLimits {
  readonly perAddress: number;
  /** Over all addresses, because an address may be forged where nothing in front of the server sets it. */
  readonly total: number;
  /** Milliseconds. */
  readonly window: number;
}

const defaultLimits: ThrottleLimits = { perAddress: 10, total: 100, window: 60_000 };
const maxAddresses = 10_000;

/** Limits failed logins in a sliding window, by address and in all. */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #limits: ThrottleLimits;
  readonly #replicas: () => number;
  readonly #byAddress = new Map<string, number[]>();
  #all: number[] = [];

  /** @param replicas how many count for themselves: each takes its part of the limits, rounded up */
  constructor(clock: Clock, limits: ThrottleLimits = defaultLimits, replicas = () => 1) {
    this.#clock = clock;
    this.#limits = limits;
    this.#replicas = replicas;
  }

  /** Seconds to wait before the next try; 0 when one may be made now. */
  wait(address: string): number {
    const now = this.#clock.now();
    const since = now - this.#limits.window;
    this.#all = this.#all.filter((time) => time > since);
    const own = (this.#byAddress.get(address) ?? []).filter((time) => time > since);
    if (own.length === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, own);
    const { perAddress, total, window } = this.#limits;
    const part = (limit: number): number => Math.ceil(limit / this.#replicas());
    const until = Math.max(releasedAt(own, part(perAddress), window), releasedAt(this.#all, part(total), window));
    return until <= now ? 0 : Math.max(1, Math.ceil((until - now) / 1000));
  }

  /** Counts a try before it is made, so that many at once can't slip through; {@link succeeded} takes it back. */
  attempt(address: string): void {
    const now = this.#clock.now();
    this.#all.push(now);
    const own = this.#byAddress.get(address);
    if (own) own.push(now);
    else {
      if (this.#byAddress.size >= maxAddresses) this.#forgetOldest();
      this.#byAddress.set(address, [now]);
    }
  }

  /** Takes the last try of this address back: it was no failure. */
  succeeded(address: string): void {
    this.#all.pop();
    this.#byAddress.get(address)?.pop();
  }

  #forgetOldest(): void {
    const oldest = this.#byAddress.keys().next();
    if (!oldest.done) this.#byAddress.delete(oldest.value);
  }
}

/** When the window again has room for one more; 0 when it has. */
function releasedAt(times: readonly number[], limit: number, window: number): number {
  const blocking = times.at(-limit);
  return blocking === undefined ? 0 : blocking + window;
}
