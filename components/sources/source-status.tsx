import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import type { FluxSource } from "#lib/model/flux-source.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";

/** The shape of a source's state, with its word for those who do not see it. */
export function SourceGlyph({ source }: { source: FluxSource }) {
  const { status } = source.status;
  return (
    <span className={cx("inline-flex", toneText[healthTone[status]])}>
      <Glyph name={status} />
      <span className="sr-only">{status}</span>
    </span>
  );
}

/** Why a source is as it is, in one line: its state where it is not Healthy, then the cause. */
export function SourceReason({ source }: { source: FluxSource }) {
  const { status, message } = source.status;
  if (status === "Healthy" && message === undefined) return <span className="text-subtle">–</span>;
  const word = status === "Healthy" ? undefined : status;
  return (
    <span className="block truncate" title={[word, message].filter(Boolean).join(" · ")}>
      {word !== undefined && <span className={cx("font-medium", toneText[healthTone[status]])}>{word}</span>}
      {word !== undefined && message !== undefined && <span className="text-subtle"> · </span>}
      {message !== undefined && <span className={word === undefined ? "text-muted" : ""}>{message}</span>}
    </span>
  );
}

const shields = {
  Verified: { Icon: ShieldCheck, tone: "text-ok" },
  Failed: { Icon: ShieldAlert, tone: "text-bad" },
  Pending: { Icon: ShieldQuestion, tone: "text-muted" },
} as const;

/** Whether the signature was verified, where that is asked for. `small` shows the shape only, with the word for those who do not see it. */
export function Verification({ source, small = false }: { source: FluxSource; small?: boolean }) {
  const { verification } = source;
  if (verification === undefined)
    return (
      <span className="text-subtle" title="Its spec asks for no verification">
        –
      </span>
    );
  const { Icon, tone } = shields[verification.status];
  return (
    <span
      className={cx("inline-flex min-w-0 items-center gap-1 align-bottom", tone)}
      title={`${verification.by}: ${verification.message ?? verification.status}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className={small ? "sr-only" : "truncate"}>{verification.status}</span>
    </span>
  );
}
