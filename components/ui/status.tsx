import type { DriftStatus, SyncStatus } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";
import { cx } from "./cx.ts";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { healthTone, toneText, toneTint, type Tone } from "./tone.ts";

/** A status as shape, word and colour. `pill` gives it a ground; otherwise it is text among text. */
export function Status(props: {
  glyph: GlyphName;
  word: string;
  tone: Tone;
  pill?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <span
      className={cx(
        "inline-flex max-w-full min-w-0 items-center gap-1.5 whitespace-nowrap",
        props.pill ? cx("h-6 rounded-md px-2 font-medium", toneTint[props.tone]) : toneText[props.tone],
        props.className,
      )}
    >
      <Glyph name={props.glyph} />
      <span className="truncate">{props.word}</span>
    </span>
  );
}

/** Health in its word. Healthy is calm: only its shape carries the colour. */
export function Health({ status, pill, className }: { status: HealthStatus; pill?: boolean; className?: string }) {
  return <Status glyph={status} word={status} tone={healthTone[status]} pill={pill} className={className} />;
}

/** Sync in its word. */
export function Sync({ status, pill, className }: { status: SyncStatus; pill?: boolean; className?: string }) {
  const tone: Tone = status === "OutOfSync" ? "warn" : "idle";
  return (
    <Status
      glyph={status === "Unknown" ? "Unknown" : status}
      word={status === "Unknown" ? "Sync unknown" : status}
      tone={tone}
      pill={pill}
      className={className}
    />
  );
}

/** Drift in words: how many objects differ. */
export function Drift({
  status,
  count,
  pill,
  className,
}: {
  status: DriftStatus;
  count: number;
  pill?: boolean;
  className?: string;
}) {
  if (status === "Drifted")
    return <Status glyph="Drift" word={`${count} drifted`} tone="warn" pill={pill} className={className} />;
  if (status === "None") return <Status glyph="Drift" word="No drift" tone="idle" pill={pill} className={className} />;
  return <Status glyph="Unknown" word="Drift unknown" tone="idle" pill={pill} className={className} />;
}
