import type { Application } from "#lib/model/application.ts";
import { cx } from "#components/ui/cx.ts";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { mainReason } from "./main-reason.ts";

/** Why a row is as it is, in one line: the health word where it is not Healthy, then the cause. */
export function ReasonText({ application, className }: { application: Application; className?: string }) {
  const { status } = application.health;
  const reason = mainReason(application)?.text;
  const word = status === "Healthy" ? undefined : status;
  if (word === undefined && reason === undefined) return <span className={cx("text-subtle", className)}>–</span>;
  return (
    <span className={cx("block truncate", className)} title={[word, reason].filter(Boolean).join(" · ")}>
      {word !== undefined && <span className={cx("font-medium", toneText[healthTone[status]])}>{word}</span>}
      {word !== undefined && reason !== undefined && <span className="text-subtle"> · </span>}
      {reason !== undefined && <span className={word === undefined ? "text-muted" : ""}>{reason}</span>}
    </span>
  );
}
