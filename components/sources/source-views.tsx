"use client";
import { Bell, Cog, Container, GitBranch } from "lucide-react";
import { automationSections, type AutomationSection } from "#lib/model/automation.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Segmented } from "#components/ui/segmented.tsx";

/** What the page shows of Flux: its sources, or one of the sections beside them. */
export type SourceView = "sources" | AutomationSection;

const items = [
  { value: "sources", label: "Sources", icon: <GitBranch aria-hidden /> },
  { value: "images", label: "Images", icon: <Container aria-hidden /> },
  { value: "notifications", label: "Notifications", icon: <Bell aria-hidden /> },
  { value: "operator", label: "Operator", icon: <Cog aria-hidden /> },
] as const;

/** Which part is asked for by the URL. */
export function useSourceView(): SourceView {
  const [view] = useQueryParam("view");
  return automationSections.find((section) => section === view) ?? "sources";
}

/** The parts of the page, side by side. What narrows one of them means nothing to the others. */
export function SourceViews({ view }: { view: SourceView }) {
  return (
    <div className="shrink-0 overflow-x-auto border-b border-line bg-surface px-3 py-2 sm:px-5">
      <Segmented
        label="Part of Flux"
        value={view}
        onChange={(next) =>
          setQuery({
            view: next === "sources" ? undefined : next,
            ...Object.fromEntries(["q", "status", "kind", "sort", "source"].map((key) => [key, undefined])),
          })
        }
        items={items}
        className="w-max"
      />
    </div>
  );
}
