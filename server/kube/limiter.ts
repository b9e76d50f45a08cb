/** Runs at most `most` tasks at a time, the others in the order in which they came. */
export function createLimiter(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place goes to the next one directly, so that nobody can come between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
