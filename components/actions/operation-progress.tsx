"use client";
import { useEffect } from "react";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import { rowKey, type Operation } from "#lib/model/application.ts";
import { announce } from "#components/live/announcer.tsx";
import { RelativeTime, useAge, useOlderThan } from "#components/ui/relative-time.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { actionLabel } from "./action-words.ts";
import { failedSince } from "./failed-since.ts";
import { fingerprint } from "./fingerprint.ts";
import { setRequested, useRequested, type Requested } from "./requested.ts";

/** After this long without an answer, the page says so. */
const usual = 15_000;

/** So long it stands there that something has been done. */
const shownFor = 20_000;

/** How the last thing asked of an application stands: requested, running, then done or failed with its cause. */
export function OperationProgress({ detail }: { detail: ApplicationDetail }) {
  const key = rowKey(detail.application);
  const requested = useRequested(key);
  const answered = requested !== undefined && fingerprint(detail) !== requested.before;
  const { operation } = detail.application;
  const said =
    operation && `${operation.kind} ${operation.phase === "Running" ? "is running" : operation.phase.toLowerCase()}`;
  useEffect(() => {
    if (!answered || requested.answeredAt !== undefined) return;
    setRequested(key, { ...requested, answeredAt: new Date().toISOString() });
  }, [answered, key, requested]);
  useEffect(() => {
    if (answered && said !== undefined) announce(said);
  }, [answered, said]);

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
  if (requested === undefined) return null;
  const dismiss = () => setRequested(key, undefined);
  return requested.answeredAt === undefined ? (
    <Waiting requested={requested} onDismiss={dismiss} />
  ) : (
    <Done requested={requested} since={requested.answeredAt} operation={operation} onDismiss={dismiss} />
  );
}

/** What came of it, by what the cluster says now. */
function Done({
  requested,
  since,
  operation,
  onDismiss,
}: {
  requested: Requested;
  since: string;
  operation: Operation | undefined;
  onDismiss: () => void;
}) {
  const over = useOlderThan(since, shownFor);
  const failed = failedSince(requested, operation);
  if (over && !failed) return null;
  return (
    <Banner
      tone={failed ? "bad" : "ok"}
      glyph={failed ? "Degraded" : "Healthy"}
      role="status"
      action={<Dismiss onClick={onDismiss} />}
    >
      <span className="font-medium">
        {actionLabel[requested.action]}
        {failed ? " failed" : ": the cluster has changed"}
      </span>{" "}
      <span className="text-muted">
        · <RelativeTime time={since} suffix=" ago" />
        {!failed && " · this page shows its new state"}
      </span>
      {failed && operation?.message !== undefined && <span className="block">{operation.message}</span>}
    </Banner>
  );
}

function Dismiss({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="rounded-sm px-1 text-muted hover:text-ink">
      Dismiss
    </button>
  );
}

function Waiting({ requested, onDismiss }: { requested: Requested; onDismiss: () => void }) {
  const age = useAge(requested.at);
  const late = useOlderThan(requested.at, usual);
  return (
    <Banner
      tone={late ? "warn" : "busy"}
      glyph={late ? "Failed" : "Running"}
      role="status"
      action={late && <Dismiss onClick={onDismiss} />}
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
