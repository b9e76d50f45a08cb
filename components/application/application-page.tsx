"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ApplicationRef } from "#lib/model/application.ts";
import { ActionDialog } from "#components/actions/action-dialog.tsx";
import type { Intent } from "#components/actions/action-words.ts";
import { listHref } from "#components/live/paths.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { useDetail } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { ApplicationHeader } from "./application-header.tsx";
import { DriftPanel } from "./drift-panel.tsx";
import { EventsPanel } from "./events-panel.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { LogsTab } from "./logs-tab.tsx";
import { ManifestTab, ownObject } from "./manifest-tab.tsx";
import { OverviewPanel } from "./overview-panel.tsx";
import { permissionOf } from "./permission.ts";
import { ResourcesAhead, ResourcesPanel } from "./resources-panel.tsx";
import { ApplicationSkeleton } from "./application-skeleton.tsx";
import { tabOf, type ApplicationTab } from "./tabs.ts";

/** One application: what state it is in, why, and what can be done about it. */
export function ApplicationPage({ unit }: { unit: ApplicationRef }) {
  const [tab] = useQueryParam("tab");
  return (
    <>
      {/* Stays while the rest goes from a skeleton to the page: what nobody listens to any more is not fetched to its end. */}
      {tabOf(tab) === "resources" && <ResourcesAhead unit={unit} />}
      <Loaded unit={unit} />
    </>
  );
}

function Loaded({ unit }: { unit: ApplicationRef }) {
  const { data: detail, error, refetch } = useDetail(unit);
  const own = ownObject(unit);
  const router = useRouter();
  const [tabParam] = useQueryParam("tab");
  const asked = tabOf(tabParam);
  // A release of plain Helm, or what kubectl applied, has no object of its own.
  const tab = asked === "manifest" && own === undefined ? "overview" : asked;
  const [intent, setIntent] = useState<Intent>();
  const show = (next: ApplicationTab) =>
    setQuery({
      tab: next === "overview" ? undefined : next,
      ...Object.fromEntries(["resource", "show", "from", "to", "pod"].map((key) => [key, undefined])),
    });
  const ask = (action: Intent["action"]) =>
    detail && permissionOf(detail, action) === undefined && setIntent({ action });
  useShortcuts({
    o: () => show("overview"),
    d: () => show("drift"),
    e: () => show("events"),
    h: () => show("history"),
    l: () => show("logs"),
    m: () => own && show("manifest"),
    r: () => show("history"),
    s: () => void ask("sync"),
    Escape: () => router.push(listHref()),
  });

  if (detail === undefined) {
    if (error)
      return (
        <ProblemPlaceholder
          error={error}
          onRetry={() => void refetch()}
          way={
            <Link href={listHref()} className={buttonClass("primary")}>
              All applications
            </Link>
          }
        />
      );
    return <ApplicationSkeleton name={unit.name} />;
  }
  const { application } = detail;
  const resources = Object.values(application.resources).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return (
    <>
      <ApplicationHeader detail={detail} onIntent={setIntent} />
      {error && (
        <p role="alert" className="px-5 pb-2 text-bad">
          What is shown may be old: {error.message}
        </p>
      )}
      <Tabs
        label="Views of this application"
        value={tab}
        onChange={(value) => show(tabOf(value))}
        items={[
          { value: "overview", label: "Overview" },
          { value: "resources", label: "Resources", count: resources },
          {
            value: "drift",
            label: "Drift",
            ...(application.drift.status === "Drifted" && { count: application.drift.count }),
          },
          { value: "history", label: "History" },
          { value: "events", label: "Events" },
          { value: "logs", label: "Logs" },
          ...(own ? [{ value: "manifest", label: "Manifest" }] : []),
        ]}
      >
        {tab === "overview" && <OverviewPanel detail={detail} />}
        {tab === "resources" && <ResourcesPanel detail={detail} />}
        {tab === "drift" && <DriftPanel detail={detail} onIntent={setIntent} />}
        {tab === "history" && <HistoryPanel detail={detail} onIntent={setIntent} />}
        {tab === "events" && <EventsPanel unit={unit} />}
        {tab === "logs" && <LogsTab unit={unit} />}
        {tab === "manifest" && own && <ManifestTab unit={unit} own={own} />}
      </Tabs>
      {intent && <ActionDialog detail={detail} intent={intent} onClose={() => setIntent(undefined)} />}
    </>
  );
}
