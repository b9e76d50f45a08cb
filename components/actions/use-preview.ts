"use client";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ActionResult } from "#lib/model/action.ts";
import { useLive } from "#components/live/live-provider.tsx";

/** What an action would change, and what keeps it from being done. */
export interface Preview {
  readonly query: UseQueryResult<ActionResult>;
  /** For what is asked now; undefined while that is looked at. */
  readonly result: ActionResult | undefined;
  /** Why it can't be confirmed, in words; undefined when it can. */
  readonly unavailable: string | undefined;
}

/**
 * Asks what an action would change. Nothing is kept: it is true for the moment.
 *
 * @param key all that the answer depends on
 * @param enabled whether what is asked for is complete
 */
export function usePreview(
  key: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<ActionResult>,
  enabled = true,
): Preview {
  const { scope } = useLive();
  const query = useQuery({
    queryKey: ["preview", scope.epoch, scope.cluster, ...key],
    queryFn: ({ signal }) => ask(signal),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const result = query.isPlaceholderData ? undefined : query.data;
  return { query, result, unavailable: whyNot(query.error, result) };
}

function whyNot(error: Error | null, result: ActionResult | undefined): string | undefined {
  if (error) return "Without a preview nothing is done";
  if (result === undefined) return "Looking at what would change…";
  return result.accepted ? undefined : result.message;
}
