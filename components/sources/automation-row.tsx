"use client";
import { Pause, Play, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import type { AutomationObject } from "#lib/model/automation.ts";
import { shortInterval, type FluxSourceAction } from "#lib/model/flux-source.ts";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { sourceActionLabel } from "./source-words.ts";
import { useAutomationAction } from "./use-automation.ts";

/** The columns of the list; on a narrower one the less telling ones fall away. */
export const automationColumns = cx(
  "grid items-center gap-x-3 px-3 sm:px-5",
  "grid-cols-[minmax(9rem,1fr)_minmax(5rem,0.5fr)_10.5rem_minmax(10rem,2fr)_minmax(8rem,1.6fr)_3.25rem_3.75rem]",
  "max-md:flex max-md:flex-wrap max-md:gap-y-0.5 max-md:py-2",
);

const icons: Record<FluxSourceAction, ReactNode> = {
  refresh: <RefreshCw aria-hidden className="size-3.5" />,
  suspend: <Pause aria-hidden className="size-3.5" />,
  resume: <Play aria-hidden className="size-3.5" />,
};

/** One object: what it is, what it does, how it is, what may be done. */
export function AutomationRow({ item }: { item: AutomationObject }) {
  const { status, message } = item.status;
  const every = item.interval === undefined ? undefined : `every ${shortInterval(item.interval)}`;
  const why = status === "Healthy" ? (item.result ?? every) : message;
  return (
    <div role="row" className={cx(automationColumns, "min-h-9 border-b border-line")}>
      <div role="cell" className="flex min-w-0 items-center gap-2 max-md:basis-full">
        <span className={cx("inline-flex", toneText[healthTone[status]])}>
          <Glyph name={status} />
          <span className="sr-only">{status}</span>
        </span>
        <span className="min-w-0 font-medium">
          <MiddleName name={item.name} />
        </span>
      </div>
      <div role="cell" className="flex min-w-0 text-muted">
        <MiddleName name={item.namespace} />
      </div>
      <div role="cell" className="truncate text-muted">
        {item.kind}
      </div>
      <div role="cell" className="min-w-0 truncate max-md:basis-full" title={item.about}>
        {item.about}
      </div>
      <div role="cell" className="min-w-0 truncate" title={[status, why].filter(Boolean).join(" · ")}>
        {status !== "Healthy" && <span className={cx("font-medium", toneText[healthTone[status]])}>{status}</span>}
        {status !== "Healthy" && why !== undefined && <span className="text-subtle"> · </span>}
        {why ?? (status === "Healthy" && <span className="text-subtle">–</span>)}
      </div>
      <div role="cell" className="tabular text-right text-muted max-md:ml-auto">
        {item.resultAt !== undefined ? <RelativeTime time={item.resultAt} /> : <span className="text-subtle">–</span>}
      </div>
      <div role="cell" className="flex justify-end gap-0.5">
        <AutomationButtons item={item} />
      </div>
    </div>
  );
}

function AutomationButtons({ item }: { item: AutomationObject }) {
  const { mutate, isPending, variables } = useAutomationAction();
  const shown: FluxSourceAction[] = ["refresh", item.suspended ? "resume" : "suspend"];
  return shown.map((action) => {
    const permission = item.permissions.find((each) => each.action === action);
    const unavailable = permission?.allowed === true ? undefined : (permission?.reason ?? "You may not do this");
    return (
      <Button
        key={action}
        look="ghost"
        size="square"
        icon={icons[action]}
        aria-label={`${sourceActionLabel[action]} ${item.name}`}
        unavailable={unavailable}
        busy={isPending && variables.action === action}
        onClick={() => mutate({ object: item, action })}
      />
    );
  });
}
