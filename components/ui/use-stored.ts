"use client";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** A text that this browser keeps; null where there is none, and while the server draws. */
export function useStored(key: string): [value: string | null, set: (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => stored(key),
    () => null,
  );
  return [value, (next) => store(key, next)];
}
