"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { holdOrder } from "./hold-order.ts";

/**
 * The rows in the order to draw. While the pointer is over them they keep their places and change in place; a new
 * filter or sort order (`asked`) applies at once. `stale` says that another order is waiting.
 */
export function useHeldRows(rows: Application[], asked: string) {
  const [held, setHeld] = useState(false);
  const drawn = useRef<{ asked: string; keys: string[] }>(undefined);
  const ordered = useMemo(() => {
    const last = drawn.current;
    return held && last?.asked === asked ? holdOrder(rows, last.keys, applicationKey) : rows;
  }, [rows, asked, held]);
  useEffect(() => {
    drawn.current = { asked, keys: ordered.map(applicationKey) };
  }, [ordered, asked]);
  const stale = useMemo(() => ordered !== rows && ordered.some((row, index) => row !== rows[index]), [ordered, rows]);
  return { ordered, stale, hold: setHeld };
}
