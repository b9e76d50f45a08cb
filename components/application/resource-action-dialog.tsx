"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { actOnResource } from "#lib/api/client.ts";
import { unitKey } from "#lib/api/queries.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import type { ResourceAction, ResourceActionRequest } from "#lib/model/resource-action.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { PreviewPanel } from "#components/actions/preview-panel.tsx";
import { ReasonField } from "#components/actions/reason-field.tsx";
import { announce } from "#components/live/announcer.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { ProblemBanner } from "#components/live/problem.tsx";
import { leaveWhenLoggedOut } from "#components/live/query-client.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { useToast } from "#components/ui/toast.tsx";

type Props = {
  unit: ApplicationRef;
  ref_: ResourceRef;
  action: ResourceAction;
  /** How many pods it has now. */
  replicas: number | undefined;
  onClose: () => void;
};

/** Shows what scaling a workload or deleting a pod would do, before anything is asked of the cluster. */
export function ResourceActionDialog({ unit, ref_: ref, action, replicas, onClose }: Props) {
  const { scope } = useLive();
  const client = useQueryClient();
  const toast = useToast();
  const [wanted, setWanted] = useState(String(replicas ?? 1));
  const [reason, setReason] = useState("");
  const cancel = useRef<HTMLButtonElement>(null);
  const countId = useId();
  const count = /^\d{1,5}$/.test(wanted) ? Number(wanted) : undefined;
  const ready = action !== "scale" || count !== undefined;
  const request: ResourceActionRequest = action === "scale" && count !== undefined ? { replicas: count } : {};
  const preview = useQuery({
    queryKey: ["preview", scope.epoch, scope.cluster, resourceKey(ref), action, request],
    queryFn: ({ signal }) => actOnResource(scope.cluster, ref, action, { ...request, preview: true }, signal),
    enabled: ready,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const perform = useMutation({
    mutationFn: () =>
      actOnResource(scope.cluster, ref, action, {
        ...request,
        ...(reason.trim() !== "" && { reason: reason.trim() }),
      }),
    onSuccess: ({ message, warnings }) => {
      announce(message);
      toast({ title: message, ...(warnings.length > 0 && { description: warnings.join(" ") }) });
      void client.invalidateQueries({ queryKey: unitKey(scope, applicationKey(unit)) });
      onClose();
    },
    onError: leaveWhenLoggedOut,
  });
  const result = preview.isPlaceholderData ? undefined : preview.data;
  const unavailable = !ready
    ? "Say how many pods there shall be"
    : preview.error
      ? "Without a preview nothing is done"
      : result === undefined
        ? "Looking at what would change…"
        : result.accepted
          ? undefined
          : result.message;
  const destructive = action === "delete" || count === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      initialFocus={cancel}
      title={action === "scale" ? `Scale ${ref.kind} ${ref.name}` : `Delete Pod ${ref.name}`}
      description={
        action === "scale"
          ? "Sets how many pods it has. What applies it may set it back."
          : "Its controller starts another in its place, if it has one."
      }
      footer={
        <>
          {perform.error && (
            <div className="mb-1 basis-full">
              <ProblemBanner error={perform.error} />
            </div>
          )}
          <ReasonField value={reason} onChange={setReason} />
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button
            look={destructive ? "danger" : "primary"}
            busy={perform.isPending}
            unavailable={unavailable}
            onClick={() => perform.mutate()}
          >
            {action === "delete" ? "Delete the pod" : `Scale to ${count ?? "…"}`}
          </Button>
        </>
      }
    >
      {action === "scale" && (
        <div className="flex items-center gap-3 border-b border-line px-4 py-3">
          <label htmlFor={countId}>Pods</label>
          <Input
            id={countId}
            type="number"
            min={0}
            max={10_000}
            value={wanted}
            aria-invalid={count === undefined}
            onChange={(event) => setWanted(event.target.value)}
            className="h-7 w-24!"
          />
          {replicas !== undefined && <span className="text-muted">now {replicas}</span>}
        </div>
      )}
      <PreviewPanel
        preview={preview.data}
        stale={preview.isPlaceholderData}
        error={preview.error}
        onRetry={() => void preview.refetch()}
      />
    </Dialog>
  );
}
