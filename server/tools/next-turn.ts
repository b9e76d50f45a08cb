/**
 * Resolves when everybody else has had their turn: timers, answers and events that wait. Work that asks nobody goes from promise to promise without ever letting them in, so a long row of it
 * awaits this between its pieces.
 */
export async function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
