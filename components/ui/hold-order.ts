/**
 * Keeps rows where they are: those that were there keep their order, those that are gone fall away, and new ones
 * come last. Used while someone's pointer is over the list, so that nothing moves under a click.
 */
export function holdOrder<T>(rows: readonly T[], previous: readonly string[], keyOf: (row: T) => string): T[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const held: T[] = [];
  for (const key of previous) {
    const row = byKey.get(key);
    if (row === undefined) continue;
    held.push(row);
    byKey.delete(key);
  }
  held.push(...byKey.values());
  return held;
}
