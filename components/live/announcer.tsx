"use client";
import { useSyncExternalStore } from "react";

let text = "";
const listeners = new Set<() => void>();

/** Tells screen readers something that sighted people see change. */
export function announce(message: string): void {
  text = message;
  for (const listener of listeners) listener();
}

/** The one polite live region of the page. */
export function Announcer() {
  const message = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => text,
    () => "",
  );
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {message}
    </div>
  );
}
