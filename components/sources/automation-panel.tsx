"use client";
import { useSearchParams } from "next/navigation";
import type { AutomationList } from "#lib/api/source-contract.ts";
import {
  automationKey,
  automationKinds,
  automationSection,
  type AutomationKind,
  type AutomationSection,
} from "#lib/model/automation.ts";
import { LimitsBanner } from "#components/applications/limits-banner.tsx";
import { ProblemBanner, ProblemPlaceholder } from "#components/live/problem.tsx";
import { setQuery } from "#components/live/use-query-param.ts";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { FilterField } from "#components/ui/filter-field.tsx";
import { ListTally } from "#components/ui/list-bar.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { showAutomation } from "./automation-list.ts";
import { AutomationRow, automationColumns } from "./automation-row.tsx";
import { useAutomation } from "./use-automation.ts";

const titles: Readonly<Record<AutomationSection, string>> = {
  images: "Image automation",
  notifications: "Notifications",
  operator: "Flux Operator",
};

const teaching: Readonly<Record<AutomationSection, string>> = {
  images:
    "Image repositories that Flux scans, policies that choose a tag, and automations that write it to Git are listed here.",
  notifications: "Alerts, the providers that they go to, and receivers of webhooks are listed here.",
  operator: "Instances of Flux, resource sets and where their inputs come from are listed here.",
};

const columns = ["Name", "Namespace", "Kind", "What it does", "State", "Age"] as const;

/** One section of what Flux does beside applying: its objects with their state, what fails first. */
export function AutomationPanel({ section }: { section: AutomationSection }) {
  const { data, error, isPending, refetch } = useAutomation(true);
  const query = useSearchParams().get("q") ?? "";
  if (error && !data) return <ProblemPlaceholder error={error} onRetry={() => void refetch()} />;
  const all = (data?.items ?? []).filter((item) => item.section === section);
  const rows = showAutomation(all, section, query);
  const isOf = ({ kind }: { kind: string }): boolean => kindsOf(section).some((each) => each === kind);
  const narrow = (next: string) => setQuery({ q: next || undefined }, { push: false });
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line bg-surface px-3 py-2.5 sm:px-5">
        <h1 className="mr-2 text-base font-semibold max-md:sr-only">{titles[section]}</h1>
        <FilterField
          label={`Filter ${titles[section].toLowerCase()}`}
          placeholder="Name, what it does, reason…"
          value={query}
          onChange={narrow}
          className="md:max-w-80"
        />
        <div className="ml-auto flex items-center gap-2">
          <ListTally
            shown={rows.length}
            total={all.length}
            clear={query === "" ? undefined : () => narrow("")}
            resort={undefined}
          />
        </div>
      </div>
      {data && all.length > 0 && <LimitsBanner limits={data.limits.filter(isOf)} />}
      {error && (
        <div className="px-5 py-2">
          <ProblemBanner error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {isPending ? (
        <SkeletonLines lines={8} label={`Loading ${titles[section].toLowerCase()}`} />
      ) : rows.length > 0 ? (
        <div role="table" aria-label={titles[section]} className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
          <div
            role="row"
            className={cx(
              automationColumns,
              "sticky top-0 h-8 border-b border-line bg-surface text-xs text-muted max-md:hidden",
            )}
          >
            {columns.map((column) => (
              <div key={column} role="columnheader" className={column === "Age" ? "text-right" : ""}>
                {column}
              </div>
            ))}
            <div role="columnheader">
              <span className="sr-only">Actions</span>
            </div>
          </div>
          {rows.map((item) => (
            <AutomationRow key={automationKey(item)} item={item} />
          ))}
        </div>
      ) : all.length > 0 ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={<Button onClick={() => narrow("")}>Show all {all.length}</Button>}
        >
          Nothing here has all of what you asked for.
        </Placeholder>
      ) : (
        data && <Nothing section={section} list={data} />
      )}
    </>
  );
}

function Nothing({ section, list }: { section: AutomationSection; list: AutomationList }) {
  const kinds = kindsOf(section);
  const missing = list.limits.filter(({ kind }) => kinds.some((each) => each === kind));
  if (missing.length > 0)
    return (
      <Placeholder glyph="Unknown" title={`You can't see any of ${titles[section].toLowerCase()}`}>
        There may be some: your permissions do not reach them. {missing.map(({ message }) => message).join("; ")}.
      </Placeholder>
    );
  if (kinds.every((kind) => list.absent.includes(kind)))
    return (
      <Placeholder glyph="Missing" title={`${titles[section]} is not installed`}>
        This cluster has no kinds {kinds.join(", ")}. {teaching[section]}
      </Placeholder>
    );
  return (
    <Placeholder glyph="Missing" title="There is nothing yet">
      {teaching[section]} This cluster has none.
    </Placeholder>
  );
}

function kindsOf(section: AutomationSection): AutomationKind[] {
  return automationKinds.filter((kind) => automationSection(kind) === section);
}
