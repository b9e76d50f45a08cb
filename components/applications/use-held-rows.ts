"use client";
import { useMemo, useState } from "react";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { holdOrder } from "./hold-order.ts";

/**
 * The rows in the order to draw. While the pointer is over them they keep their places and change in place; a new
 * filter or sort order (`asked`) applies at once. `stale` says that another order is waiting.
 */
export function useHeldRows(rows: Application[], asked: string) {
  const [held, setHeld] = useState<{ asked: string; keys: readonly string[] }>();
  if (held !== undefined && held.asked !== asked) setHeld({ asked, keys: rows.map(applicationKey) });
  const ordered = useMemo(
    () => (held?.asked === asked ? holdOrder(rows, held.keys, applicationKey) : rows),
    [rows, asked, held],
  );
  const stale = useMemo(() => ordered !== rows && ordered.some((row, index) => row !== rows[index]), [ordered, rows]);
  const hold = (on: boolean) => setHeld(on ? { asked, keys: ordered.map(applicationKey) } : undefined);
  return { ordered, stale, hold };
}
