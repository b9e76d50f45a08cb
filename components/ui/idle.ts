"use client";
import { useEffect } from "react";

const waiting: Array<() => void> = [];
let scheduled = false;

/** Runs something when the page has nothing else to do. Safari has no requestIdleCallback. */
export function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 3000 });
  else setTimeout(run, 300);
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) whenIdle(next);
  else scheduled = false;
}

/**
 * Runs work once the page stands still after its first frames: parts that a person will want soon are fetched here, one after the
 * other, so that none of them delays the first rows.
 */
export function afterFirstFrames(run: () => void): void {
  waiting.push(run);
  if (scheduled) return;
  scheduled = true;
  if (document.readyState === "complete") whenIdle(next);
  else addEventListener("load", () => whenIdle(next), { once: true });
}

/** Fetches a part of the page ahead of its use, when the page stands still. `load` must not change. */
export function useFetchedAhead(load: () => Promise<unknown>): void {
  useEffect(() => {
    afterFirstFrames(() => void load().catch(() => undefined));
  }, [load]);
}
