/** Resolves in a task of its own, so that what has happened meanwhile is looked after first. Not every browser can go on before all that waits; there it is a timer. */
export async function nextTask(): Promise<void> {
  if (typeof scheduler === "object" && "yield" in scheduler) return scheduler.yield();
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
