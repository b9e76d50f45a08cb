"use client";
import { useQueryClient } from "@tanstack/react-query";
import { call } from "./api.ts";

/** Ends the session at the server, then leaves. What was cached goes with it. */
export function useLogout(): () => void {
  const client = useQueryClient();
  return () => {
    void call("session", { method: "DELETE" })
      .catch(() => undefined)
      .finally(() => {
        client.clear();
        location.assign("/login");
      });
  };
}
