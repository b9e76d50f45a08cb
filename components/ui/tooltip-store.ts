"use client";
import type { ReactNode } from "react";

/** What a tooltip says, and beside what. */
export type Tip = { owner: object; anchor: Element; text: ReactNode; side: "top" | "bottom" | "left" | "right" };

/* As long as it takes to mean it; once one has been seen, the next ones come at once. */
const delay = 350;
const grace = 120;
const warm = 400;

let tip: Tip | undefined;
let hiddenAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: Tip | undefined): void {
  if (tip !== undefined && next === undefined) hiddenAt = performance.now();
  tip = next;
  for (const listener of listeners) listener();
}

/** The tooltip that is open: there is one for the whole page. */
export function currentTip(): Tip | undefined {
  return tip;
}

/** Calls back whenever another tooltip, or none, is open. Returns what stops it. */
export function onTip(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens a tooltip: at once, or after the usual wait. */
export function askTip(next: Tip, { wait }: { wait: boolean }): void {
  clearTimeout(timer);
  if (!wait || tip !== undefined || performance.now() - hiddenAt < warm) set(next);
  else timer = setTimeout(() => set(next), delay);
}

/** Says something else in the tooltip of this owner, if it is the open one. */
export function updateTip(owner: object, text: ReactNode): void {
  if (tip?.owner === owner && tip.text !== text) set({ ...tip, text });
}

/** Closes it; `soon` leaves the pointer the time to reach it. */
export function dropTip({ soon = false } = {}): void {
  clearTimeout(timer);
  if (!soon) {
    if (tip !== undefined) set(undefined);
  } else timer = setTimeout(() => set(undefined), grace);
}

/** Closes it if it is this owner's. */
export function dropTipOf(owner: object): void {
  if (tip?.owner === owner) dropTip();
}

/** Keeps it open while the pointer is on it. */
export function keepTip(): void {
  clearTimeout(timer);
}
