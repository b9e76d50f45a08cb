"use client";
import { RefreshCw } from "lucide-react";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Exactness } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { Intent } from "#components/actions/action-words.ts";
import { CopyButton } from "#components/ui/copy.tsx";
import { IgnoredList } from "#components/diff/ignored-list.tsx";
import { LayoutSwitch } from "#components/diff/layout-switch.tsx";
import { ObjectChange } from "#components/diff/object-change.tsx";
import { patchOf } from "#components/diff/patch.ts";
import { Pending } from "#components/live/pending.tsx";
import { useDrift } from "#components/live/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { DownloadButton } from "#components/ui/download.tsx";
import { Banner, Placeholder } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ArgocdConnection } from "./argocd-connection.tsx";
import { permissionOf } from "./permission.ts";

const exactnessWords: Record<Exactness, string> = {
  "dry-run": "Confirmed by the API server",
  local: "Compared by Driftglass; the API server did not confirm it",
  engine: "The engine's own verdict",
};

type Props = { detail: ApplicationDetail; onIntent: (intent: Intent) => void };

/** Where live differs from what should be there: objects, fields, and who wrote them. */
export function DriftPanel(props: Props) {
  if (props.detail.application.engine !== "argocd") return <Differences {...props} />;
  return (
    <>
      <div className="px-3 pt-3 empty:hidden sm:px-5 sm:pt-5">
        <ArgocdConnection />
      </div>
      <Differences {...props} />
    </>
  );
}

function Differences({ detail, onIntent }: Props) {
  const { application } = detail;
  const { data, error, checking, check } = useDrift(application);
  if (data === undefined) return <Pending error={error} onRetry={check} lines={8} label="Comparing" />;
  const drifted = data.objects.filter((object) => object.change !== "unchanged");
  // By Argo CD's own comparison, which has what is in Git and not synced yet, too.
  const isExact = data.exactness === "engine";
  const checked = (
    <span className="text-muted">
      {data.exactness !== undefined && exactnessWords[data.exactness]}
      {data.checkedAt !== undefined && (
        <>
          {" "}
          · checked <RelativeTime time={data.checkedAt} suffix=" ago" />
        </>
      )}
    </span>
  );
  if (drifted.length === 0) {
    return (
      <>
        <Placeholder
          glyph={application.drift.status === "Unknown" ? "Unknown" : "Healthy"}
          tone={application.drift.status === "Unknown" ? "idle" : "ok"}
          title={
            application.drift.status === "Unknown" ? "It is not known whether it has drifted" : "Nothing has drifted"
          }
          action={
            <Button busy={checking} onClick={check}>
              Check again
            </Button>
          }
        >
          {data.message ?? application.drift.message ?? "What is in the cluster is what was last applied."}
          <span className="mt-1 block">{checked}</span>
        </Placeholder>
        <div className="px-3 pb-3 sm:px-5 sm:pb-5">
          <IgnoredList objects={data.objects} />
        </div>
      </>
    );
  }
  return (
    <div className="flex flex-col gap-3 p-3 sm:p-5">
      {data.message !== undefined && !isExact && (
        <Banner tone="idle" glyph="Unknown">
          {data.message}
        </Banner>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-64">
          <span className="font-medium">
            {drifted.length === 1 ? "One object differs" : `${drifted.length} objects differ`}
          </span>{" "}
          from what {isExact ? "the source says" : "was applied"}. {checked}
        </p>
        <LayoutSwitch />
        <CopyButton text={() => patchOf(drifted)} label="Copy as a patch" />
        <DownloadButton
          text={() => patchOf(drifted)}
          name={`${application.name}-drift.patch`}
          label="Download as a patch"
        />
        <Button busy={checking} icon={<RefreshCw aria-hidden className="size-3.5" />} onClick={check}>
          Check again
        </Button>
        <Button unavailable={permissionOf(detail, "sync")} onClick={() => onIntent({ action: "sync" })}>
          {isExact ? "Sync…" : "Undo drift…"}
        </Button>
      </div>
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        {drifted.map((object, index) => (
          <ObjectChange
            key={resourceKey(object.ref)}
            object={object}
            open={index < 3}
            sides={["Desired", "Live"]}
            words={{ removed: "Missing", added: "Extra", changed: isExact ? "Differs" : "Drifted" }}
          />
        ))}
      </div>
      <IgnoredList objects={data.objects} />
    </div>
  );
}
