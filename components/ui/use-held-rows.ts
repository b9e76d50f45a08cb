"use client";
import { useMemo, useState } from "react";
import { holdOrder } from "./hold-order.ts";

/**
 * The rows in the order to draw. While the pointer is over them they keep their places and change in place; a new
 * filter or sort order (`asked`) applies at once. `stale` says that another order is waiting.
 * @param keyOf must not change from one call to the next
 */
export function useHeldRows<T>(rows: T[], asked: string, keyOf: (row: T) => string) {
  const [held, setHeld] = useState<{ asked: string; keys: readonly string[] }>();
  if (held !== undefined && held.asked !== asked) setHeld({ asked, keys: rows.map(keyOf) });
  const ordered = useMemo(
    () => (held?.asked === asked ? holdOrder(rows, held.keys, keyOf) : rows),
    [rows, asked, held, keyOf],
  );
  const stale = useMemo(() => ordered !== rows && ordered.some((row, index) => row !== rows[index]), [ordered, rows]);
  const hold = (on: boolean) => setHeld(on ? { asked, keys: ordered.map(keyOf) } : undefined);
  return { ordered, stale, hold };
}
