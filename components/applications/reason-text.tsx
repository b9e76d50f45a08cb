import type { Application } from "#lib/model/application.ts";
import { cx } from "#components/ui/cx.ts";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { driftLine } from "./drift-line.ts";
import { mainReason } from "./main-reason.ts";

/**
 * Why a row is as it is, in one line: the health word where it is not Healthy, then the cause. The word leaves first as the
 * room gets narrow, for the row begins with its sign.
 */
export function ReasonText({ application, className }: { application: Application; className?: string }) {
  const { status } = application.health;
  const main = mainReason(application);
  const { applied, desired } = application.revision;
  // At the desired revision, being out of sync is drift: the field says more than the name of the object.
  const drifted = main?.about === "drift" || (main?.about === "sync" && applied === desired);
  const reason = (drifted ? driftLine(application.drift) : undefined) ?? main?.text;
  const word = status === "Healthy" ? undefined : status;
  if (word === undefined && reason === undefined) return <span className={cx("text-subtle", className)}>–</span>;
  return (
    <span className={cx("block truncate", className)} title={[word, main?.text].filter(Boolean).join(" · ")}>
      {word !== undefined && (
        <span className={cx(reason !== undefined && "reason-word")}>
          <span className={cx("font-medium", toneText[healthTone[status]])}>{word}</span>
          {reason !== undefined && <span className="text-subtle"> · </span>}
        </span>
      )}
      {reason !== undefined && <span className={word === undefined ? "text-muted" : ""}>{reason}</span>}
    </span>
  );
}
