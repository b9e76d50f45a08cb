"use client";
import { useQueryClient } from "@tanstack/react-query";
import { logOut } from "#lib/api/client.ts";

/** Ends the session at the server, then leaves. What was cached goes with it. `everywhere` ends those in other browsers, too. */
export function useLogout(): (options?: { everywhere?: boolean }) => void {
  const client = useQueryClient();
  return (options) => {
    void logOut(options)
      .catch(() => undefined)
      .finally(() => {
        client.clear();
        location.assign("/login");
      });
  };
}
