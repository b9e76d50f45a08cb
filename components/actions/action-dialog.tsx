"use client";
import { useRef, useState } from "react";
import { act } from "#lib/api/client.ts";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ActionRequest } from "#lib/model/action.ts";
import { rowKey } from "#lib/model/application.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { useScopeOf } from "#components/live/live-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { countChanges } from "#components/diff/object-changes.tsx";
import type { ArgoSyncChoice } from "./argo-sync-choice.ts";
import { ArgoSyncOptions } from "./argo-sync-options.tsx";
import { actionLabel, confirmLabel, explain, optionsOf, type Intent } from "./action-words.ts";
import { ConfirmFooter } from "./confirm-footer.tsx";
import { EvidencePanel } from "./evidence-panel.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { usePerform } from "./use-perform.ts";
import { usePreview } from "./use-preview.ts";

type Props = { detail: ApplicationDetail; intent: Intent; onClose: () => void };

/** Shows what an action would change, object by object, before anything is asked of the cluster. */
export function ActionDialog({ detail, intent, onClose }: Props) {
  const { application } = detail;
  const { action, revision } = intent;
  const { cluster } = useScopeOf(application);
  const [options, setOptions] = useState<
    ArgoSyncChoice & Pick<ActionRequest, "prune" | "withSource" | "hard" | "keepHistory">
  >(optionsOf(action, application).some((option) => option.key === "withSource") ? { withSource: true } : {});
  const [reason, setReason] = useState("");
  const cancel = useRef<HTMLButtonElement>(null);
  const perform = usePerform(detail, onClose);
  const request: ActionRequest = {
    ...options,
    ...(revision && { revision: revision.id }),
    ...(intent.resources && { resources: intent.resources }),
  };
  const { query, result, unavailable } = usePreview([rowKey(application), action, request], (signal) =>
    act(cluster, application, action, { ...request, preview: true }, signal),
  );
  const removed = result?.changes ? countChanges(result.changes).removed : 0;
  const evidence = perform.data?.evidence;
  const title = revision
    ? `Roll back to ${shortRevision(revision.revision)}`
    : `${actionLabel[action]} ${application.name}`;
  return (
    <Dialog
      open
      as="wide"
      onClose={onClose}
      initialFocus={cancel}
      title={title}
      description={
        <>
          {revision && <span className="text-ink">{application.name}. </span>}
          {explain(action, application.engine)}
        </>
      }
      footer={
        evidence ? (
          <Button ref={cancel} onClick={onClose}>
            Close
          </Button>
        ) : (
          <ConfirmFooter
            wide
            error={perform.error}
            reason={reason}
            onReason={setReason}
            cancel={cancel}
            onCancel={onClose}
            dangerous={removed > 0}
            busy={perform.isPending}
            unavailable={unavailable}
            onConfirm={(given) =>
              perform.mutate({ action, request: { ...request, ...(given !== "" && { reason: given }) } })
            }
          >
            {options.dryRun === true ? "Try it, change nothing" : confirmLabel(intent, result)}
          </ConfirmFooter>
        )
      }
    >
      {optionsOf(action, application).length > 0 && (
        <div className="grid gap-3 border-b border-line px-4 py-3 sm:grid-cols-2">
          {optionsOf(action, application).map((option) => (
            <Checkbox
              key={option.key}
              checked={options[option.key] ?? false}
              onChange={(checked) => setOptions({ ...options, [option.key]: checked })}
              hint={option.hint}
            >
              {option.label}
            </Checkbox>
          ))}
        </div>
      )}
      {action === "sync" && detail.argocd && (
        <ArgoSyncOptions
          choices={detail.argocd}
          value={options}
          onChange={(chosen) => setOptions(({ revision: _one, revisions: _many, ...rest }) => ({ ...rest, ...chosen }))}
        />
      )}
      {perform.data && evidence ? (
        <EvidencePanel message={perform.data.message} evidence={evidence} />
      ) : (
        <PreviewPanel
          preview={query.data}
          stale={query.isPlaceholderData}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
    </Dialog>
  );
}
