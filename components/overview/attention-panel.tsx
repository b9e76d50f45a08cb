"use client";
import Link from "next/link";
import { rowKey, type Application } from "#lib/model/application.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { mainReason } from "#components/applications/main-reason.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { inCluster } from "#components/live/paths.ts";
import { countWords } from "#components/ui/count-words.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import type { Attention } from "./attention.ts";
import { ApplicationLink, Line, Nothing, Panel } from "./panel.tsx";
import { QuickAction } from "./quick-action.tsx";

/* What does not fit is one click away, sorted the same way. */
const most = 12;

/** What needs a person now: the worst first, why in words, and one thing to do about it. */
export function AttentionPanel({ items, total }: { items: readonly Attention[]; total: number }) {
  const { across } = useLive();
  return (
    <Panel
      title="Needs attention"
      count={items.length}
      more={
        items.length > most && (
          <Link href={inCluster("/apps")} className="text-accent hover:underline">
            All of them
          </Link>
        )
      }
    >
      {items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4">
          <span className="text-ok">
            <Glyph name="Healthy" className="size-4" />
          </span>
          {total === 1 ? "The one application is" : `All ${countWords(total)} applications are`} healthy and where they
          should be.
        </p>
      ) : (
        <ul>
          {items.slice(0, most).map(({ application, action }) => (
            <Line key={rowKey(application)} wraps>
              <Sign application={application} />
              <div className="min-w-0 flex-1 md:min-w-40">
                <ApplicationLink application={application} />
                <span className="block truncate text-xs text-muted">
                  {across && `${application.cluster} · `}
                  {application.namespace} · {engineLabel[application.engine]}
                </span>
              </div>
              <Reason application={application} />
              <span className="flex shrink-0 justify-end md:w-24">
                <QuickAction application={application} action={action} />
              </span>
            </Line>
          ))}
        </ul>
      )}
      {items.length > most && <Nothing>And {items.length - most} more.</Nothing>}
    </Panel>
  );
}

/* In two lines where it needs them: the end of a message is often what tells. On a phone it has the whole width, below. */
function Reason({ application }: { application: Application }) {
  const { status } = application.health;
  const text = mainReason(application)?.text;
  return (
    <span
      className="line-clamp-2 min-w-0 [overflow-wrap:anywhere] max-md:order-last max-md:basis-full max-md:pl-[26px] md:flex-2"
      title={text}
    >
      {status !== "Healthy" && (
        <>
          <span className={cx("font-medium", toneText[healthTone[status]])}>{status}</span>
          {text !== undefined && <span className="text-subtle"> · </span>}
        </>
      )}
      {text}
    </span>
  );
}

/* Healthy, and yet here: it is not where it should be. */
function Sign({ application: { health, sync } }: { application: Application }) {
  const outOfSync = health.status === "Healthy" && sync.status === "OutOfSync";
  return (
    <span className={outOfSync ? "text-warn" : toneText[healthTone[health.status]]}>
      <Glyph name={outOfSync ? "OutOfSync" : health.status} />
      <span className="sr-only">{outOfSync ? "OutOfSync" : health.status}</span>
    </span>
  );
}
