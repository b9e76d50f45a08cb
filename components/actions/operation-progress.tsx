"use client";
import { useEffect } from "react";
import type { ApplicationDetail } from "#lib/api/contract.ts";
import { applicationKey } from "#lib/model/application.ts";
import { announce } from "#components/live/announcer.tsx";
import { RelativeTime, useAge, useOlderThan } from "#components/ui/relative-time.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { actionLabel } from "./action-words.ts";
import { fingerprint } from "./fingerprint.ts";
import { setRequested, useRequested, type Requested } from "./requested.ts";

/** After this long without an answer, the page says so. */
const usual = 15_000;

/** How the last thing asked of an application stands: requested, running, or failed with its cause. */
export function OperationProgress({ detail }: { detail: ApplicationDetail }) {
  const key = applicationKey(detail.application);
  const requested = useRequested(key);
  const answered = requested !== undefined && fingerprint(detail) !== requested.before;
  const { operation } = detail.application;
  const said =
    operation && `${operation.kind} ${operation.phase === "Running" ? "is running" : operation.phase.toLowerCase()}`;
  useEffect(() => {
    if (!answered) return;
    setRequested(key, undefined);
    if (said !== undefined) announce(said);
  }, [answered, key, said]);

  if (operation?.phase === "Running") {
    return (
      <Banner tone="busy" glyph="Running" role="status">
        <span className="inline-block font-medium first-letter:uppercase">{operation.kind} is running</span>{" "}
        <span className="text-muted">
          · started <RelativeTime time={operation.startedAt} suffix=" ago" />
          {operation.by !== undefined && ` by ${operation.by}`}
        </span>
        {operation.message !== undefined && <span className="block">{operation.message}</span>}
      </Banner>
    );
  }
  if (requested !== undefined && !answered)
    return <Waiting requested={requested} onDismiss={() => setRequested(key, undefined)} />;
  return null;
}

function Waiting({ requested, onDismiss }: { requested: Requested; onDismiss: () => void }) {
  const age = useAge(requested.at);
  const late = useOlderThan(requested.at, usual);
  return (
    <Banner
      tone={late ? "warn" : "busy"}
      glyph={late ? "Failed" : "Running"}
      role="status"
      action={
        late && (
          <button type="button" onClick={onDismiss} className="rounded-sm px-1 text-muted hover:text-ink">
            Dismiss
          </button>
        )
      }
    >
      <span className="font-medium">{actionLabel[requested.action]} requested</span>
      {late ? (
        `, but nothing in the cluster has changed for ${age}. The controller may be busy, or there was nothing to do.`
      ) : (
        <span className="text-muted"> · waiting for the controller</span>
      )}
      <span className="block text-muted">{requested.message}</span>
    </Banner>
  );
}
