"use client";
import { useSyncExternalStore } from "react";
import type { Action } from "#lib/model/action.ts";
import type { Operation } from "#lib/model/application.ts";

/** An action that the cluster took, until what came of it has been shown. */
export type Requested = {
  action: Action;
  at: string;
  message: string;
  /** What the application looked like then; anything else means that its controller has answered. */
  before: string;
  /** Its operation then. */
  operation: Operation | undefined;
  /** Since when it looks otherwise. */
  answeredAt?: string;
};

const requests = new Map<string, Requested>();
const listeners = new Set<() => void>();

/** Remembers, or with undefined forgets, what was asked of an application. */
export function setRequested(key: string, requested: Requested | undefined): void {
  if (requested === undefined) requests.delete(key);
  else requests.set(key, requested);
  for (const listener of listeners) listener();
}

/** What was asked of an application and is not answered yet. */
export function useRequested(key: string): Requested | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => requests.get(key),
    () => undefined,
  );
}
