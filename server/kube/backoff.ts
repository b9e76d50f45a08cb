/** Growing waits between attempts. */
export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number;
  /** Back to the start, after a success. */
  reset(): void;
}

/** Exponential with jitter: each wait is somewhere between half of the bound and the bound, which doubles from `first` to `most`. */
export function createBackoff(random: () => number, first = 500, most = 30_000): Backoff {
  let bound = first;
  return {
    next() {
      const wait = bound / 2 + random() * (bound / 2);
      bound = Math.min(bound * 2, most);
      return Math.round(wait);
    },
    reset() {
      bound = first;
    },
  };
}
