"use client";
import { useSyncExternalStore } from "react";

/** Why a page has to ask for a login again. */
export type SessionEnd = {
  /** In words. */
  readonly reason: string | undefined;
  /** The one cluster that has to be logged in to again, where the others go on. */
  readonly cluster?: string;
};

let end: SessionEnd | undefined;
let logins = 0;
let askers = 0;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that this page can ask for a login by itself, as long as it stands. Returns what takes that back. */
export function offerLogin(): () => void {
  askers += 1;
  return () => {
    askers -= 1;
  };
}

/**
 * The session, or its part in one cluster, is over. A page that can ask for a login does so and stays as it is; others go to the login page,
 * from which the person returns. Whoever has logged out leaves at once.
 */
export function sessionEnded(reason?: string, cluster?: string): void {
  if (askers === 0 || reason?.startsWith("You logged") === true) {
    if (location.pathname !== "/login")
      location.assign(`/login?ended&next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  end ??= { reason, ...(cluster !== undefined && { cluster }) };
  tell();
}

/** The person has logged in again: streams are opened anew. */
export function loggedInAgain(): void {
  end = undefined;
  logins += 1;
  tell();
}

/** The person does not log in again now: the page goes on with what it has. */
export function loginPutOff(): void {
  end = undefined;
  tell();
}

/** What is over, while nobody has logged in again. */
export function useSessionEnd(): SessionEnd | undefined {
  return useSyncExternalStore(
    subscribe,
    () => end,
    () => undefined,
  );
}

/** Changes when the person has logged in again without leaving the page. */
export function useLogins(): number {
  return useSyncExternalStore(
    subscribe,
    () => logins,
    () => 0,
  );
}
