"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState, type ReactNode } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { mainReason } from "#components/applications/main-reason.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { applicationHref } from "#components/live/paths.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import type { DriftGroup } from "./drift-groups.ts";
import { DriftRow } from "./drift-row.tsx";
import { DriftedObjects } from "./drifted-objects.tsx";

/* Of one application; the rest is behind its arrow. */
const mostRows = 5;

type Selection = { has: (key: string) => boolean; toggle: (keys: readonly string[], on: boolean) => void };

/** One application with its fields; on a click, its objects with both sides. */
export function ApplicationGroup({
  application,
  group,
  selection,
}: {
  application: Application;
  group: DriftGroup | undefined;
  selection: Selection;
}) {
  const { across } = useLive();
  const [open, setOpen] = useState(false);
  const key = rowKey(application);
  const entries = group?.entries ?? [];
  const { count } = application.drift;
  return (
    <li className="border-b border-line bg-surface">
      <div className={cx("px-3 py-2 sm:px-5", selection.has(key) && "bg-selected")}>
        <div className="flex min-h-7 items-center gap-3">
          <Choose name={application.name} checked={selection.has(key)} onChange={(on) => selection.toggle([key], on)} />
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${open ? "Hide" : "Show"} what differs in ${application.name}`}
            onClick={() => setOpen(!open)}
            className="grid size-5 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover"
          >
            <ChevronRight aria-hidden className={cx("size-3.5 transition-transform", open && "rotate-90")} />
          </button>
          <Link
            href={applicationHref(application, "drift")}
            prefetch={false}
            className="flex min-w-0 items-center gap-2 font-medium hover:underline"
          >
            <MiddleName name={application.name} />
          </Link>
          <span className="tabular inline-flex shrink-0 items-center gap-1 text-warn">
            <Glyph name="Drift" />
            {count}
            <span className="sr-only">{count === 1 ? "object drifted" : "objects drifted"}</span>
          </span>
          <span className="min-w-0 shrink-[9999] truncate text-xs text-muted">
            {across && `${application.cluster} · `}
            {application.namespace} · {engineLabel[application.engine]}
          </span>
        </div>
        {!open && (
          <div className="ml-7 divide-y divide-line sm:ml-17">
            {entries.slice(0, mostRows).map((entry) => (
              <DriftRow key={entry.key} entry={entry} named={false} />
            ))}
            {entries.length === 0 && (
              <p className="py-1.5 text-muted">
                {application.reasons.find(({ about }) => about === "drift")?.text ?? mainReason(application)?.text}
              </p>
            )}
            {entries.length > mostRows && (
              <button
                type="button"
                onClick={() => setOpen(true)}
                className="py-1.5 text-accent hover:underline"
              >{`${entries.length - mostRows} more fields`}</button>
            )}
          </div>
        )}
      </div>
      {open && <DriftedObjects application={application} />}
    </li>
  );
}

/** What one field manager wrote, or what differs since one time: fields of several applications. */
export function EntryGroup({ group, selection }: { group: DriftGroup; selection: Selection }) {
  const keys = [...new Set(group.entries.map(({ application }) => rowKey(application)))];
  const chosen = keys.filter(selection.has);
  return (
    <section aria-label={group.label} className="border-b border-line bg-surface">
      <h2 className="flex items-center gap-3 border-b border-line bg-sunken px-3 py-1.5 sm:px-5">
        <Choose
          name={`everything: ${group.label}`}
          checked={chosen.length === keys.length}
          onChange={(on) => selection.toggle(keys, on)}
        />
        <span className="min-w-0 truncate font-medium">{group.label}</span>
        {group.byHand && <Tag>by hand</Tag>}
        <span className="tabular ml-auto shrink-0 text-xs text-muted">
          {group.entries.length === 1 ? "1 field" : `${group.entries.length} fields`} in{" "}
          {keys.length === 1 ? "1 application" : `${keys.length} applications`}
        </span>
      </h2>
      <ul className="divide-y divide-line">
        {group.entries.map((entry) => {
          const key = rowKey(entry.application);
          return (
            <li
              key={entry.key}
              className={cx("flex items-start gap-3 px-3 sm:px-5", selection.has(key) && "bg-selected")}
            >
              <span className="mt-2">
                <Choose
                  name={entry.application.name}
                  checked={selection.has(key)}
                  onChange={(on) => selection.toggle([key], on)}
                />
              </span>
              <DriftRow entry={entry} named />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Choose({ name, checked, onChange }: { name: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <Checkbox checked={checked} onChange={onChange}>
      <span className="sr-only">Select {name}</span>
    </Checkbox>
  );
}

function Tag({ children }: { children: ReactNode }) {
  return <span className="rounded-sm bg-warn-tint px-1.5 text-xs leading-5 text-warn">{children}</span>;
}
