import { Circle, RotateCcw } from "lucide-react";
import type { Undoer } from "#lib/model/undoer-schema.ts";
import { applicationHref } from "#components/live/paths.ts";
import { cx } from "#components/ui/cx.ts";
import { SafeLink } from "#components/ui/safe-link.tsx";

/** Who takes changes back, one sentence each; those who do not do so now are muted. */
export function UndoerList({ undoers }: { undoers: readonly Undoer[] }) {
  return (
    <ul className="flex flex-col gap-2 px-4 py-3">
      {undoers.map((undoer) => (
        <li key={undoer.text} className="flex items-start gap-2">
          {undoer.active ? (
            <RotateCcw aria-hidden className="mt-[3px] size-3.5 shrink-0 text-warn" />
          ) : (
            <Circle aria-hidden className="mt-[3px] size-3.5 shrink-0 text-subtle" />
          )}
          <span className={cx("min-w-0 [overflow-wrap:anywhere]", !undoer.active && "text-muted")}>
            {undoer.text}
            {undoer.application && undoer.reverts === "definition" && (
              <>
                {" "}
                <SafeLink href={applicationHref(undoer.application)}>Open {undoer.application.name}</SafeLink>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
