"use client";
import { useQueryClient } from "@tanstack/react-query";
import { logOut } from "#lib/api/client.ts";

/** Ends the session at the server, then leaves. What was cached goes with it. */
export function useLogout(): () => void {
  const client = useQueryClient();
  return () => {
    void logOut()
      .catch(() => undefined)
      .finally(() => {
        client.clear();
        location.assign("/login");
      });
  };
}
