import { Fragment } from "react";
import { cx } from "#components/ui/cx.ts";
import type { ShownLine } from "./log-buffer.ts";

/** Colours of logs, one after the other; the name stands with each line as well. */
const inks = ["text-accent", "text-busy", "text-warn", "text-ok", "text-diff-del-ink", "text-idle"] as const;

type Props = {
  line: ShownLine;
  /** Whose it is, where there are several. */
  from: string | undefined;
  timestamps: boolean;
  wrap: boolean;
  filter: string;
};

/** One line of a log, with what the filter found in it marked. */
export function LogLine({ line, from, timestamps, wrap, filter }: Props) {
  return (
    <div className="flex px-4">
      {timestamps && (
        <span className="tabular mr-3 shrink-0 whitespace-pre text-subtle" title={line.time}>
          {line.time.replace("T", " ").slice(0, 23).padEnd(23)}
        </span>
      )}
      {from !== undefined && (
        <span
          title={from}
          className={cx("mr-3 w-44 shrink-0 truncate text-right max-sm:w-20", inks[line.source % inks.length])}
          dir="rtl"
        >
          <bdi>{from}</bdi>
        </span>
      )}
      <span className={cx("min-w-0", wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre")}>
        {line.text === "" ? " " : <Marked text={line.text} filter={filter} />}
      </span>
    </div>
  );
}

function Marked({ text, filter }: { text: string; filter: string }) {
  const words = filter.split(/\s+/).filter(Boolean);
  if (words.length === 0) return text;
  const pattern = new RegExp(
    `(${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`,
    "gi",
  );
  return text.split(pattern).map((part, index) =>
    index % 2 === 1 ? (
      <mark key={index} className="rounded-sm bg-warn-tint text-warn underline underline-offset-2">
        {part}
      </mark>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
