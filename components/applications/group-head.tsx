import { ChevronRight } from "lucide-react";
import { countWords } from "#components/ui/count-words.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import type { Group } from "./group.ts";

/** The head of a group: its worst health, its name, and how many there are of each health. */
export function GroupHead(props: { group: Group; folded: boolean; onFold: (key: string, folded: boolean) => void }) {
  const { group, folded, onFold } = props;
  return (
    <div role="gridcell" className="flex h-full items-center gap-2 bg-sunken px-3 sm:px-5">
      <button
        type="button"
        tabIndex={-1}
        aria-expanded={!folded}
        aria-label={`${group.label}, ${group.rows.length} ${group.rows.length === 1 ? "application" : "applications"}`}
        onClick={() => onFold(group.key, !folded)}
        className="-m-1 grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronRight aria-hidden className={cx("size-4 transition-transform", !folded && "rotate-90")} />
      </button>
      <span className={cx("inline-flex", toneText[healthTone[group.worst]])}>
        <Glyph name={group.worst} />
        <span className="sr-only">{group.worst}</span>
      </span>
      <span className="flex min-w-0 font-medium">
        <MiddleName name={group.label} />
      </span>
      <span className="tabular text-muted">{countWords(group.rows.length)}</span>
      <span className="ml-2 flex gap-3 text-xs text-muted max-md:hidden">
        {group.counts.length > 1 &&
          group.counts.map(([status, count]) => (
            <span key={status} className="tabular inline-flex items-center gap-1">
              <Glyph name={status} className={cx("size-3", toneText[healthTone[status]])} />
              {count}
              <span className="sr-only">{status}</span>
            </span>
          ))}
      </span>
    </div>
  );
}
