import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { toneText } from "#components/ui/tone.ts";
import { facetTitle, facetWords } from "./facet-words.ts";
import type { Facet, FacetValue } from "./filter.ts";

/** The values of a facet as switches with their counts, all in sight. */
export function FacetChips({
  facet,
  values,
  onToggle,
}: {
  facet: Facet;
  values: FacetValue[];
  onToggle: (value: string) => void;
}) {
  if (values.length === 0) return null;
  return (
    <div role="group" aria-label={facetTitle[facet]} className="flex flex-wrap gap-1">
      {values.map(({ value, count, selected }) => {
        const { word, glyph, tone } = facetWords(facet, value);
        return (
          <button
            key={value}
            type="button"
            aria-pressed={selected}
            onClick={() => onToggle(value)}
            className={cx(
              "inline-flex h-6 items-center gap-1.5 rounded-md border px-1.5 text-xs transition-colors",
              selected
                ? "border-accent bg-selected text-ink"
                : "border-line text-muted hover:border-line-strong hover:text-ink",
            )}
          >
            {glyph !== undefined && (
              <Glyph name={glyph} className={cx("size-3", tone !== undefined && toneText[tone])} />
            )}
            {word}
            <span className={cx("tabular", count === 0 ? "text-subtle" : "font-medium text-ink")}>
              {count.toLocaleString("en")}
            </span>
          </button>
        );
      })}
    </div>
  );
}
