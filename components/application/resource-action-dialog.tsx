"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { actOnResource } from "#lib/api/client.ts";
import { unitKey } from "#lib/api/queries.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import type { ResourceAction, ResourceActionRequest } from "#lib/model/resource-action.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { ConfirmFooter } from "#components/actions/confirm-footer.tsx";
import { PreviewPanel } from "#components/actions/preview-panel.tsx";
import { usePreview } from "#components/actions/use-preview.ts";
import { announce } from "#components/live/announcer.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { leaveWhenLoggedOut } from "#components/live/query-client.ts";
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
  const { query, unavailable } = usePreview(
    [resourceKey(ref), action, request],
    (signal) => actOnResource(scope.cluster, ref, action, { ...request, preview: true }, signal),
    ready,
  );
  const perform = useMutation({
    mutationFn: (given: string) =>
      actOnResource(scope.cluster, ref, action, { ...request, ...(given !== "" && { reason: given }) }),
    onSuccess: ({ message, warnings }) => {
      announce(message);
      toast({ title: message, ...(warnings.length > 0 && { description: warnings.join(" ") }) });
      void client.invalidateQueries({ queryKey: unitKey(scope, applicationKey(unit)) });
      onClose();
    },
    onError: leaveWhenLoggedOut,
  });
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
        <ConfirmFooter
          error={perform.error}
          reason={reason}
          onReason={setReason}
          cancel={cancel}
          onCancel={onClose}
          dangerous={action === "delete" || count === 0}
          busy={perform.isPending}
          unavailable={ready ? unavailable : "Say how many pods there shall be"}
          onConfirm={perform.mutate}
        >
          {action === "delete" ? "Delete the pod" : `Scale to ${count ?? "…"}`}
        </ConfirmFooter>
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
        preview={query.data}
        stale={query.isPlaceholderData}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    </Dialog>
  );
}
