"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { revisionStep, shortRevision } from "#lib/model/revision-format.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { exactTime } from "#components/ui/time-words.ts";
import { toneText } from "#components/ui/tone.ts";
import { lookOf, personName, tookWords } from "./activity-words.ts";
import { entryHref } from "./entry-href.ts";

type Props = {
  entry: ActivityEntry;
  /** As on the overview: fewer parts, and the age instead of the time of day. */
  brief?: boolean;
};

/** One thing that happened: when, what, to which application, from what to what, by whom and how long it took. */
export function ActivityRow({ entry, brief = false }: Props) {
  const { time, application, about, by, seconds, reason, count } = entry;
  const look = lookOf(entry);
  const href = entryHref(entry);
  const name = application?.name ?? about?.name ?? "";
  const details = [saidOf(entry), reason !== undefined && `“${reason}”`].filter(Boolean);
  return (
    <div className="flex min-w-0 items-start gap-3 px-3 py-2 sm:px-5">
      <time
        dateTime={time}
        title={exactTime(time)}
        suppressHydrationWarning
        className={cx("tabular w-11 shrink-0 text-right text-muted", brief && "hidden")}
      >
        {timeOfDay(time)}
      </time>
      <span className={cx("mt-0.5 inline-flex shrink-0", toneText[look.tone])}>
        <Glyph name={look.glyph} />
      </span>
      <div
        className={cx(
          "grid min-w-0 flex-1 gap-x-4 gap-y-0.5",
          !brief && "lg:grid-cols-[minmax(13rem,1.1fr)_minmax(0,2.2fr)_minmax(9rem,0.8fr)]",
        )}
      >
        <div className="min-w-0">
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className={cx("shrink-0", look.tone === "ok" ? "text-muted" : toneText[look.tone])}>{look.word}</span>
            {count !== undefined && count > 1 && (
              <span className="tabular shrink-0 text-xs text-muted" title={`Seen ${count} times`}>
                ×{count}
              </span>
            )}
            <Name href={href}>
              <MiddleName name={name} />
            </Name>
            {brief && (
              <span className="tabular ml-auto shrink-0 pl-2 text-muted">
                <RelativeTime time={time} />
              </span>
            )}
          </span>
          {!brief && (
            <span className="block truncate text-xs text-muted">
              {application === undefined
                ? `${about?.namespace ?? ""} · ${about?.kind ?? ""}`
                : `${application.namespace} · ${engineLabel[application.engine]}`}
            </span>
          )}
        </div>
        <div className="min-w-0">
          <Step entry={entry} />
          {details.length > 0 && (
            <span
              className={cx("text-muted [overflow-wrap:anywhere]", brief ? "line-clamp-1" : "line-clamp-2")}
              title={details.join("\n")}
            >
              {details.join(" · ")}
            </span>
          )}
        </div>
        {!brief && (
          <div className="flex min-w-0 items-baseline gap-2 text-muted lg:justify-end">
            {by !== undefined && (
              <span className="min-w-0 truncate" title={by}>
                <span className="sr-only">by </span>
                {personName(by)}
              </span>
            )}
            {seconds !== undefined && (
              <span className="tabular shrink-0 text-xs" title="How long it took">
                {tookWords(seconds)}
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function Name({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined) return <span className="flex min-w-0 font-medium">{children}</span>;
  return (
    <Link href={href} prefetch={false} className="flex min-w-0 font-medium hover:underline">
      {children}
    </Link>
  );
}

/* What the cluster said; the name of the condition, reason or field leads where the sentence does not have it. */
function saidOf({ kind, what, message }: ActivityEntry): string | undefined {
  if (kind !== "failure" && kind !== "drift") return message;
  if (message === undefined) return what;
  return message.includes(what) ? message : `${what}: ${message}`;
}

/* Numbers of Helm's go with their sign. */
function Step({ entry: { revision, from, application } }: { entry: ActivityEntry }) {
  if (revision === undefined) return null;
  const sign = application?.engine === "helm" || application?.engine === "kubectl" ? "#" : "";
  const words =
    from === undefined
      ? `${sign}${shortRevision(revision)}`
      : sign + revisionStep(from, revision).replace("→ ", `→ ${sign}`);
  return (
    <span className="mono block truncate" title={from === undefined ? revision : `${from} → ${revision}`}>
      {words}
    </span>
  );
}

function timeOfDay(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
