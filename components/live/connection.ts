"use client";
import type { Connection } from "#lib/api/contract.ts";
import { useApplications } from "./queries.ts";

/** How fresh the page is: the server's word about the cluster, unless the server itself is away. */
export function useConnection(): Connection | undefined {
  return useApplications().data?.connection;
}
