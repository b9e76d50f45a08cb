import { lineParts, type LinePart } from "#lib/diff/line-runs.ts";
import { cx } from "#components/ui/cx.ts";

type Kind = "context" | "added" | "removed";

const signs: Record<Kind, string> = { added: "+", removed: "−", context: " " };
const grounds: Record<Kind, string> = { added: "bg-diff-add", removed: "bg-diff-del", context: "" };
const inks: Record<Kind, string> = {
  added: "text-diff-add-ink",
  removed: "text-diff-del-ink",
  context: "text-subtle",
};
const words: Record<Kind, string> = {
  added: "bg-diff-add-word underline decoration-diff-add-ink underline-offset-2",
  removed: "bg-diff-del-word underline decoration-diff-del-ink underline-offset-2",
  context: "",
};

/** One line of a comparison. */
export type Line = {
  kind: Kind;
  text: string;
  /** What it became, or was before, where it is known. */
  other?: string | undefined;
  /** Its numbers from 0; a column without a number stays empty. */
  numbers: readonly (number | undefined)[];
};

/** Line numbers, sign and text of one line. The sign says what happened without colour; changed words are underlined. */
export function DiffLineCells({ line, wrap }: { line: Line | undefined; wrap: boolean }) {
  if (line === undefined) return <div className="flex h-full min-h-5 flex-1 bg-sunken" />;
  const { kind, text, other, numbers } = line;
  return (
    <div className={cx("flex min-h-5 min-w-0 flex-1", grounds[kind])}>
      {numbers.map((number, index) => (
        <span
          key={index}
          aria-hidden="true"
          className="tabular w-12 shrink-0 pr-2 text-right text-subtle select-none max-sm:w-9"
        >
          {number === undefined ? "" : number + 1}
        </span>
      ))}
      <span className={cx("w-5 shrink-0 text-center select-none", inks[kind])}>{signs[kind]}</span>
      <span
        className={cx("min-w-0 flex-1 pr-4", wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre")}
      >
        <Words parts={partsOf(kind, text, other)} text={text} kind={kind} />
      </span>
    </div>
  );
}

/** Computed for the lines in sight alone. */
function partsOf(kind: Kind, text: string, other: string | undefined): LinePart[] | undefined {
  if (other === undefined || kind === "context") return undefined;
  return kind === "removed" ? lineParts(text, other)?.from : lineParts(other, text)?.to;
}

function Words({ parts, text, kind }: { parts: LinePart[] | undefined; text: string; kind: Kind }) {
  if (parts === undefined) return text;
  return parts.map((part, index) => (
    <span key={index} className={part.changed && part.text.trim() !== "" ? cx("rounded-sm", words[kind]) : undefined}>
      {part.text}
    </span>
  ));
}
