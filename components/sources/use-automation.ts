"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { actOnAutomation } from "#lib/api/client.ts";
import { problemOf } from "#lib/api/errors.ts";
import { automationKeyOf, automationQuery, type Scope } from "#lib/api/queries.ts";
import type { AutomationObject } from "#lib/model/automation.ts";
import type { FluxSourceAction } from "#lib/model/flux-source.ts";
import { announce } from "#components/live/announcer.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { leaveWhenLoggedOut } from "#components/live/query-client.ts";
import { useToast } from "#components/ui/toast.tsx";

/* Before it is known who is logged in nothing can be asked. */
const nobody: Scope = { cluster: "", epoch: "" };

/** Flux's image automation, notifications and operator objects, asked for again while they are looked at. */
export function useAutomation(enabled: boolean) {
  const { scope } = useLive();
  return useQuery({ ...automationQuery(scope ?? nobody), enabled: enabled && scope !== undefined });
}

/** Asks for an action on one of them. Nothing is shown as done before the cluster says so; failures are said at the corner. */
export function useAutomationAction() {
  const client = useQueryClient();
  const toast = useToast();
  const { scope } = useLive();
  return useMutation({
    mutationFn: ({ object, action }: { object: AutomationObject; action: FluxSourceAction }) =>
      actOnAutomation(scope?.cluster ?? "", object, action),
    onSuccess: (result) => {
      announce(result.message);
      toast({ title: result.message, description: result.warnings.join(" ") });
      if (scope) void client.invalidateQueries({ queryKey: automationKeyOf(scope) });
    },
    onError: (error) => {
      leaveWhenLoggedOut(error);
      const { title, detail, hint } = problemOf(error);
      toast({ title, description: [detail, hint].filter(Boolean).join(" "), bad: true });
    },
  });
}
