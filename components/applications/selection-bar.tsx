"use client";
import { Pause, Play, RefreshCw, RotateCw, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { countWords } from "#components/ui/count-words.ts";
import { useFetchedAhead } from "#components/ui/idle.ts";
import type { BulkAction } from "./bulk.ts";
import type { Selection } from "./use-selection.ts";

const fetchDialog = () => import("./bulk-dialog.tsx");
const BulkDialog = lazy(fetchDialog);

const offers: ReadonlyArray<{ action: BulkAction; label: string; icon: typeof Play }> = [
  { action: "sync", label: "Sync…", icon: RefreshCw },
  { action: "refresh", label: "Refresh…", icon: RotateCw },
  { action: "suspend", label: "Suspend…", icon: Pause },
  { action: "resume", label: "Resume…", icon: Play },
];

type Props = {
  selection: Selection;
  items: readonly Application[];
  /** What is listed now. */
  rows: readonly Application[];
};

/** What can be done with what is selected. It stands at the foot of the list, so that selecting moves no row. */
export function SelectionBar({ selection, items, rows }: Props) {
  const [action, setAction] = useState<BulkAction>();
  const { keys, only } = selection;
  useFetchedAhead(fetchDialog);
  useShortcuts({ Escape: () => only([]), s: () => setAction("sync") });
  const chosen = items.filter((item) => keys.has(rowKey(item)));
  const listed = rows.map(rowKey);
  const hidden = chosen.length - listed.filter((key) => keys.has(key)).length;
  return (
    <div
      role="region"
      aria-label="Selected applications"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line-strong bg-raised px-3 py-2 sm:px-5"
    >
      <span role="status" className="tabular mr-1 font-medium">
        {countWords(chosen.length)} selected
        {hidden > 0 && <span className="font-normal text-muted"> · {hidden} not listed</span>}
      </span>
      {offers.map(({ action, label, icon: Icon }) => (
        <Button
          key={action}
          look={action === "sync" ? "primary" : "plain"}
          icon={<Icon aria-hidden className="size-3.5" />}
          onClick={() => setAction(action)}
        >
          {label}
        </Button>
      ))}
      {listed.some((key) => !keys.has(key)) && (
        <Button look="ghost" onClick={() => only(listed)}>
          Select all {countWords(listed.length)}
        </Button>
      )}
      <IconButton label="Let go of all (Esc)" className="ml-auto" onClick={() => only([])}>
        <X aria-hidden className="size-4" />
      </IconButton>
      {action && (
        <Suspense>
          <BulkDialog applications={chosen} action={action} onClose={() => setAction(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
