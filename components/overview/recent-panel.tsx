"use client";
import Link from "next/link";
import type { Overview } from "#lib/api/activity-contract.ts";
import { ActivityRow } from "#components/activity/activity-row.tsx";
import { inCluster } from "#components/live/paths.ts";
import { Nothing, Panel } from "./panel.tsx";

/* As many as are taken in at a glance. */
const most = 10;

/** What happened in the last hour, newest first. */
export function RecentPanel({ overview: { recent, recentTotal, notes } }: { overview: Overview }) {
  return (
    <Panel
      title="The last hour"
      count={recentTotal}
      more={
        <Link href={inCluster("/activity")} className="text-accent hover:underline">
          All activity
        </Link>
      }
    >
      {recent.length === 0 ? (
        <Nothing>Nothing was deployed, broke or drifted in the last hour.</Nothing>
      ) : (
        <ol>
          {recent.slice(0, most).map((entry) => (
            <li key={entry.id} className="border-b border-line last:border-b-0 hover:bg-hover">
              <ActivityRow entry={entry} brief />
            </li>
          ))}
        </ol>
      )}
      {notes.map((note) => (
        <p key={note} className="border-t border-line px-4 py-2 text-xs text-muted [overflow-wrap:anywhere]">
          {note}
        </p>
      ))}
    </Panel>
  );
}
