"use client";
import { useEffect } from "react";
import type { Action } from "#lib/model/action.ts";
import { problemOf } from "#lib/api/errors.ts";
import { ActionDialog } from "#components/actions/action-dialog.tsx";
import type { Intent } from "#components/actions/action-words.ts";
import type { Located } from "#components/live/paths.ts";
import { useDetail, useHistory } from "#components/live/queries.ts";
import { useToast } from "#components/ui/toast.tsx";

type Props = { application: Located; action: Action; onClose: () => void };

/**
 * The preview of an action on an application that is not open. A rollback is to the newest revision that can be brought back; where there is
 * none, a sync is offered instead.
 */
export default function QuickDialog({ application, action, onClose }: Props) {
  return action === "rollback" ? (
    <Rollback application={application} action={action} onClose={onClose} />
  ) : (
    <Dialog application={application} intent={{ action }} onClose={onClose} />
  );
}

function Rollback({ application, onClose }: Props) {
  const history = useHistory(application);
  useFaultsSaid(history.error, onClose);
  if (history.data === undefined) return null;
  const revision = history.data.items.find(({ restorable }) => restorable);
  const intent: Intent = revision === undefined ? { action: "sync" } : { action: "rollback", revision };
  return <Dialog application={application} intent={intent} onClose={onClose} />;
}

function Dialog({ application, intent, onClose }: { application: Located; intent: Intent; onClose: () => void }) {
  const detail = useDetail(application);
  useFaultsSaid(detail.error, onClose);
  return detail.data === undefined ? null : <ActionDialog detail={detail.data} intent={intent} onClose={onClose} />;
}

/* There is no dialog yet that could say it. */
function useFaultsSaid(error: Error | null, onClose: () => void): void {
  const toast = useToast();
  useEffect(() => {
    if (error === null) return;
    const { title, detail, hint } = problemOf(error);
    toast({ title, description: [detail, hint].filter(Boolean).join(" "), bad: true });
    onClose();
  }, [error, onClose, toast]);
}
