import { countWords } from "./count-words.ts";
import { cx } from "./cx.ts";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { toneText, type Tone } from "./tone.ts";

/** A value that a list can be narrowed to, and how many rows have it. */
export type Chip<T extends string> = {
  value: T;
  word: string;
  count: number;
  selected: boolean;
  glyph?: GlyphName | undefined;
  tone?: Tone | undefined;
};

/** Values as switches with their counts, all in sight. */
export function ChoiceChips<T extends string>(props: {
  label: string;
  chips: ReadonlyArray<Chip<T>>;
  onToggle: (value: T) => void;
  /** On a phone, too, they stand in as many lines as they need, instead of in one that is scrolled. */
  wraps?: boolean;
}) {
  if (props.chips.length === 0) return null;
  return (
    <div role="group" aria-label={props.label} className={cx("flex gap-1", props.wraps ? "flex-wrap" : "md:flex-wrap")}>
      {props.chips.map(({ value, word, count, selected, glyph, tone }) => (
        <button
          key={value}
          type="button"
          aria-pressed={selected}
          onClick={() => props.onToggle(value)}
          className={cx(
            "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md border px-1.5 text-xs transition-colors",
            selected
              ? "border-accent bg-selected text-ink"
              : "border-line text-muted hover:border-line-strong hover:text-ink",
          )}
        >
          {glyph !== undefined && <Glyph name={glyph} className={cx("size-3", tone !== undefined && toneText[tone])} />}
          {word}
          <span className={cx("tabular", count === 0 ? "text-subtle" : "font-medium text-ink")}>
            {countWords(count)}
          </span>
        </button>
      ))}
    </div>
  );
}
