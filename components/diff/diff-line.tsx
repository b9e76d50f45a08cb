import type { DiffLine } from "#lib/diff/line-diff.ts";
import { cx } from "#components/ui/cx.ts";

const signs: Record<DiffLine["kind"], string> = { added: "+", removed: "−", context: " " };
const grounds: Record<DiffLine["kind"], string> = { added: "bg-diff-add", removed: "bg-diff-del", context: "" };
const inks: Record<DiffLine["kind"], string> = {
  added: "text-diff-add-ink",
  removed: "text-diff-del-ink",
  context: "text-subtle",
};
const words: Record<DiffLine["kind"], string> = {
  added: "bg-diff-add-word underline decoration-diff-add-ink underline-offset-2",
  removed: "bg-diff-del-word underline decoration-diff-del-ink underline-offset-2",
  context: "",
};

/** Line numbers, sign and text of one line. The sign says what happened without colour; changed words are underlined. */
export function DiffLineCells({
  line,
  numbers,
  wrap,
}: {
  line: DiffLine | undefined;
  numbers: "both" | "from" | "to";
  wrap: boolean;
}) {
  if (line === undefined) return <div className="flex h-full min-h-5 flex-1 bg-sunken" />;
  return (
    <div className={cx("flex min-h-5 min-w-0 flex-1", grounds[line.kind])}>
      {numbers !== "to" && <LineNumber value={line.fromLine} />}
      {numbers !== "from" && <LineNumber value={line.toLine} />}
      <span className={cx("w-5 shrink-0 text-center select-none", inks[line.kind])}>{signs[line.kind]}</span>
      <span
        className={cx("min-w-0 flex-1 pr-4", wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre")}
      >
        {line.parts === undefined
          ? line.text
          : line.parts.map((part, index) => (
              <span
                key={index}
                className={part.changed && part.text.trim() !== "" ? cx("rounded-sm", words[line.kind]) : undefined}
              >
                {part.text}
              </span>
            ))}
      </span>
    </div>
  );
}

function LineNumber({ value }: { value: number | undefined }) {
  return (
    <span aria-hidden="true" className="tabular w-10 shrink-0 pr-2 text-right text-subtle select-none">
      {value}
    </span>
  );
}
