"use client";
import { useCallback, useEffect, useRef } from "react";
import type { Application } from "#lib/model/application.ts";
import { whenIdle } from "#components/ui/idle.ts";
import { readAhead } from "./filter.ts";

/* Less than a frame: whoever types meanwhile does not wait for it. */
const atOnce = 6;

/** Reads the rows for a search piece by piece while the page stands still, once someone goes to the field. Stays the same function. */
export function useReadAhead(items: readonly Application[]): () => void {
  const latest = useRef(items);
  const reading = useRef(false);
  useEffect(() => {
    latest.current = items;
  }, [items]);
  return useCallback(() => {
    if (reading.current) return;
    reading.current = true;
    const go = (): void => {
      const end = performance.now() + atOnce;
      reading.current = !readAhead(latest.current, () => performance.now() < end);
      if (reading.current) whenIdle(go);
    };
    whenIdle(go);
  }, []);
}
