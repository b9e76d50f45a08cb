"use client";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Application } from "#lib/model/application.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { personName } from "#components/activity/activity-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { permissionOf } from "./permission.ts";

type Props = { detail: ApplicationDetail; hold: NonNullable<Application["hold"]>; onRelease: () => void };

/** Says that a rollback is being kept, by whom and since when, and offers to let go of it. */
export function HoldBanner({ detail, hold, onRelease }: Props) {
  return (
    <Banner
      tone="warn"
      glyph="Hold"
      action={
        <Button unavailable={permissionOf(detail, "release-hold")} onClick={onRelease}>
          Release the hold…
        </Button>
      }
    >
      <span className="font-medium">
        Held at{" "}
        <span className="mono" title={hold.revision}>
          {shortRevision(hold.revision)}
        </span>
      </span>{" "}
      by <span title={hold.by}>{personName(hold.by)}</span>, <RelativeTime time={hold.at} suffix=" ago" />.{" "}
      <span className="text-muted">
        {hold.from === undefined ? (
          "New revisions are not applied"
        ) : (
          <>
            It was at{" "}
            <span className="mono" title={hold.from}>
              {shortRevision(hold.from)}
            </span>
            ; new revisions are not applied
          </>
        )}{" "}
        until someone releases it.
      </span>
    </Banner>
  );
}
