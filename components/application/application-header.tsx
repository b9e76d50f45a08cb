"use client";
import {
  Ellipsis,
  FlaskConical,
  GitCompareArrows,
  History,
  Pause,
  Play,
  RefreshCw,
  RotateCw,
  Square,
  Trash2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { Intent } from "#components/actions/action-words.ts";
import { OperationProgress } from "#components/actions/operation-progress.tsx";
import { usePerform } from "#components/actions/use-perform.ts";
import { engineName } from "#components/applications/engine-label.ts";
import { applicationHref, compareHref } from "#components/live/paths.ts";
import { setQuery } from "#components/live/use-query-param.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { RevisionText } from "#components/ui/copy.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SafeLink } from "#components/ui/safe-link.tsx";
import { Drift, Health, Sync } from "#components/ui/status.tsx";
import { HoldBanner } from "./hold-banner.tsx";
import { Origin } from "./origin.tsx";
import { offers, permissionOf } from "./permission.ts";

type Props = { detail: ApplicationDetail; onIntent: (intent: Intent) => void };

/** Name, verdicts, revision and actions; then what is held and what runs. */
export function ApplicationHeader({ detail, onIntent }: Props) {
  const { application } = detail;
  const { health, sync, drift, managedBy } = application;
  return (
    <header className="flex flex-col gap-3 px-3 pt-4 pb-3 sm:px-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="truncate text-title font-semibold tracking-tight" title={application.name}>
            {application.name}
          </h1>
          <p className="mt-0.5 text-muted [overflow-wrap:anywhere]">
            {engineName[application.engine]} in {application.namespace}
            {managedBy && (
              <>
                {" · managed by "}
                <SafeLink href={applicationHref(managedBy)}>{managedBy.name}</SafeLink>
              </>
            )}
            {application.lastDeployedAt !== undefined && (
              <>
                {" · deployed "}
                <RelativeTime time={application.lastDeployedAt} suffix=" ago" />
              </>
            )}
          </p>
        </div>
        <Actions detail={detail} onIntent={onIntent} />
      </div>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
        <Health status={health.status} pill />
        <Sync status={sync.status} pill />
        <Drift status={drift.status} count={drift.count} pill />
        <RevisionLine detail={detail} />
      </div>
      <Origin application={application} />
      {application.hold && (
        <HoldBanner detail={detail} hold={application.hold} onRelease={() => onIntent({ action: "release-hold" })} />
      )}
      <OperationProgress detail={detail} />
    </header>
  );
}

function RevisionLine({ detail }: { detail: ApplicationDetail }) {
  const { applied, desired } = detail.application.revision;
  return (
    <span className="ml-1 inline-flex min-w-0 flex-wrap items-center gap-x-2 text-muted">
      {applied !== undefined && <RevisionText revision={applied} />}
      {desired !== undefined && (applied === undefined || !sameRevision(applied, desired)) && (
        <>
          <span aria-label="moves to">→</span>
          <RevisionText revision={desired} className="text-warn" />
        </>
      )}
    </span>
  );
}

function Actions({ detail, onIntent }: Props) {
  const router = useRouter();
  const perform = usePerform(detail);
  const may = (action: Intent["action"]) => permissionOf(detail, action);
  const { suspended, operation } = detail.application;
  const pause = suspended ? "resume" : "suspend";
  return (
    <div className="flex items-center gap-2">
      {offers(detail, "sync") && (
        <Button
          look="primary"
          icon={<RefreshCw aria-hidden className="size-3.5" />}
          unavailable={may("sync")}
          onClick={() => onIntent({ action: "sync" })}
        >
          Sync…
        </Button>
      )}
      {offers(detail, "rollback") && (
        <Button
          icon={<History aria-hidden className="size-3.5" />}
          unavailable={may("rollback")}
          onClick={() => setQuery({ tab: "history" })}
        >
          Roll back…
        </Button>
      )}
      <Menu
        trigger={
          <button type="button" aria-label="More actions" className={buttonClass("plain", "", "square")}>
            <Ellipsis aria-hidden className="size-4" />
          </button>
        }
      >
        {offers(detail, pause) && (
          <MenuItem
            icon={suspended ? <Play aria-hidden /> : <Pause aria-hidden />}
            unavailable={may(pause)}
            onSelect={() => onIntent({ action: pause })}
          >
            {suspended ? "Resume…" : "Suspend…"}
          </MenuItem>
        )}
        {offers(detail, "restart") && (
          <MenuItem
            icon={<RotateCw aria-hidden />}
            unavailable={may("restart")}
            onSelect={() => onIntent({ action: "restart" })}
          >
            Restart…
          </MenuItem>
        )}
        {offers(detail, "test") && (
          <MenuItem
            icon={<FlaskConical aria-hidden />}
            unavailable={may("test")}
            onSelect={() => onIntent({ action: "test" })}
          >
            Run the tests…
          </MenuItem>
        )}
        {offers(detail, "refresh") && (
          <MenuItem
            icon={<RefreshCw aria-hidden />}
            unavailable={may("refresh")}
            onSelect={() => perform.mutate({ action: "refresh", request: {} })}
          >
            Refresh
          </MenuItem>
        )}
        {offers(detail, "terminate") && (
          <MenuItem
            icon={<Square aria-hidden />}
            unavailable={operation?.phase === "Running" ? may("terminate") : "No operation is running"}
            onSelect={() => onIntent({ action: "terminate" })}
          >
            Stop the operation…
          </MenuItem>
        )}
        <MenuItem
          icon={<GitCompareArrows aria-hidden />}
          onSelect={() => router.push(compareHref({ application: refOf(detail.application), revision: "desired" }))}
        >
          Compare with another…
        </MenuItem>
        {offers(detail, "uninstall") && (
          <MenuItem
            icon={<Trash2 aria-hidden />}
            unavailable={may("uninstall")}
            onSelect={() => onIntent({ action: "uninstall" })}
          >
            Uninstall…
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}

function refOf({ engine, namespace, name }: ApplicationRef): ApplicationRef {
  return { engine, namespace, name };
}
