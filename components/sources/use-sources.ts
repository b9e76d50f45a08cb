"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { actOnSource } from "#lib/api/client.ts";
import { problemOf } from "#lib/api/errors.ts";
import { sourcesKey, sourcesQuery, type Scope } from "#lib/api/queries.ts";
import type { FluxSource, FluxSourceAction } from "#lib/model/flux-source.ts";
import { announce } from "#components/live/announcer.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { leaveWhenLoggedOut } from "#components/live/query-client.ts";
import { useToast } from "#components/ui/toast.tsx";
import { sourceActionLabel } from "./source-words.ts";

/* Before it is known who is logged in nothing can be asked. */
const nobody: Scope = { cluster: "", epoch: "" };

/** Flux's sources, fetched again whenever the stream says that they changed. */
export function useSources() {
  const { scope } = useLive();
  return useQuery({ ...sourcesQuery(scope ?? nobody), enabled: scope !== undefined });
}

/** Asks for an action on a source. Nothing is shown as done before the cluster says so; failures are said at the corner. */
export function useSourceAction() {
  const client = useQueryClient();
  const toast = useToast();
  const { scope } = useLive();
  return useMutation({
    mutationFn: ({ source, action }: { source: FluxSource; action: FluxSourceAction }) =>
      actOnSource(scope?.cluster ?? "", source, action),
    onSuccess: (result, { action }) => {
      announce(result.message);
      toast({
        title: action === "refresh" ? "Reconcile requested" : `${sourceActionLabel[action]}: done`,
        description: [result.message, ...result.warnings].join(" "),
      });
      if (scope) void client.invalidateQueries({ queryKey: sourcesKey(scope) });
    },
    onError: (error) => {
      leaveWhenLoggedOut(error);
      const { title, detail, hint } = problemOf(error);
      toast({ title, description: [detail, hint].filter(Boolean).join(" "), bad: true });
    },
  });
}
