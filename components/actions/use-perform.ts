"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { act } from "#lib/api/client.ts";
import { problemOf } from "#lib/api/errors.ts";
import { unitKey } from "#lib/api/queries.ts";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Action, ActionRequest } from "#lib/model/action.ts";
import { applicationKey, rowKey } from "#lib/model/application.ts";
import { announce } from "#components/live/announcer.tsx";
import { leaveWhenLoggedOut } from "#components/live/query-client.ts";
import { applicationHref } from "#components/live/paths.ts";
import { useScopeOf } from "#components/live/live-provider.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { actionLabel } from "./action-words.ts";
import { fingerprint } from "./fingerprint.ts";
import { setRequested } from "./requested.ts";

/** What takes an action back. The others have no inverse: a rollback is undone by another one, which has a preview of its own. */
const undoes: Partial<Record<Action, Action>> = { suspend: "resume", resume: "suspend" };

/**
 * Asks the cluster for an action. Nothing is shown as done: the page says "requested" until the cluster's own state
 * changes. Errors are for the caller to show.
 */
export function usePerform(detail: ApplicationDetail, onDone?: () => void) {
  const client = useQueryClient();
  const toast = useToast();
  const { application } = detail;
  const scope = useScopeOf(application);
  const key = applicationKey(application);
  const mutation = useMutation({
    mutationFn: ({ action, request }: { action: Action; request: ActionRequest }) =>
      act(scope.cluster, application, action, request),
    // As it was before it was asked for: what the cluster does at once may be on the page before the answer is.
    onMutate: () => ({ before: fingerprint(detail), operation: application.operation }),
    onSuccess: (result, { action }, asked) => {
      if (!result.accepted) {
        toast({
          title: `${actionLabel[action]} was not accepted`,
          description: result.message,
          bad: true,
          link: { label: "Its events", href: applicationHref(application, "events") },
        });
        return;
      }
      announce(result.message);
      void client.invalidateQueries({ queryKey: unitKey(scope, key) });
      // What there is to look at is shown where it was asked for.
      if (result.evidence !== undefined) return;
      setRequested(rowKey(application), {
        action,
        at: new Date().toISOString(),
        message: result.message,
        ...asked,
      });
      const back = undoes[action];
      const page = applicationHref(application);
      toast({
        title: `${actionLabel[action]} requested`,
        description: [result.message, ...result.warnings].join(" "),
        ...(location.pathname !== page.split("?")[0] && { link: { label: `Look at ${application.name}`, href: page } }),
        ...(back && {
          undo: {
            label: `Undo: ${actionLabel[back].toLowerCase()}`,
            run: () => mutation.mutate({ action: back, request: {} }),
          },
        }),
      });
      onDone?.();
    },
    onError: (error, { action }) => {
      leaveWhenLoggedOut(error);
      const { title, detail: cause, hint } = problemOf(error);
      if (action === "refresh") toast({ title, description: [cause, hint].filter(Boolean).join(" "), bad: true });
    },
  });
  return mutation;
}
