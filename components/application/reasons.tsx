"use client";
import type { Application, Reason } from "#lib/model/application.ts";
import { formatRef, resourceKey } from "#lib/model/resource-ref.ts";
import { mainReason } from "#components/applications/main-reason.ts";
import { setQuery } from "#components/live/use-query-param.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { healthTone, toneText, type Tone } from "#components/ui/tone.ts";

type Look = { glyph: GlyphName; tone: Tone; word: string };

const looks: Record<Exclude<Reason["about"], "health" | "operation">, Look> = {
  sync: { glyph: "OutOfSync", tone: "warn", word: "Sync" },
  drift: { glyph: "Drift", tone: "warn", word: "Drift" },
  suspended: { glyph: "Suspended", tone: "idle", word: "Suspended" },
  hold: { glyph: "Hold", tone: "warn", word: "Held" },
  source: { glyph: "Failed", tone: "bad", word: "Source" },
};

function lookOf({ about }: Reason, { health, operation }: Application): Look {
  if (about === "health") return { glyph: health.status, tone: healthTone[health.status], word: health.status };
  if (about !== "operation") return looks[about];
  return operation?.phase === "Failed"
    ? { glyph: "Failed", tone: "bad", word: "Operation" }
    : { glyph: "Running", tone: "busy", word: "Operation" };
}

/** Every reason in its own line, with the resource that causes it. */
export function Reasons({ application }: { application: Application }) {
  const { operation, reasons } = application;
  const main = mainReason(application);
  const listed: Reason[] = main !== undefined && !reasons.includes(main) ? [main, ...reasons] : reasons;
  const all = listed.filter((reason, index) => !listed.slice(0, index).some((other) => says(other.text, reason.text)));
  const failed =
    operation?.phase === "Failed" && !all.some((reason) => reason.about === "operation") ? operation : undefined;
  if (all.length === 0 && failed === undefined) {
    return (
      <p className="flex items-center gap-2 px-4 py-3 text-muted">
        <Glyph name="Healthy" className="text-ok" />
        {application.health.status === "Healthy"
          ? "All is as it should be: healthy, and nothing needs a person."
          : `${application.health.status}, and the cluster gives no reason.`}
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {all.map((reason, index) => {
        const { ref } = reason;
        return (
          <Line key={index} {...lookOf(reason, application)}>
            {ref ? withoutName(reason.text, formatRef(ref)) : reason.text}
            {ref && (
              <button
                type="button"
                onClick={() => setQuery({ tab: "resources", resource: resourceKey(ref) })}
                className="mt-0.5 block max-w-full truncate rounded-sm text-left text-accent underline-offset-2 hover:underline"
              >
                {formatRef(ref)}
              </button>
            )}
          </Line>
        );
      })}
      {failed && (
        <Line glyph="Failed" tone="bad" word="Operation">
          <span className="inline-block first-letter:uppercase">{failed.kind}</span> failed
          {failed.finishedAt !== undefined && (
            <>
              {" "}
              <RelativeTime time={failed.finishedAt} suffix=" ago" />
            </>
          )}
          {failed.message !== undefined && !all.some(({ text }) => says(text, failed.message)) && `: ${failed.message}`}
        </Line>
      )}
    </ul>
  );
}

/** The words about an object that is named right below them. */
function withoutName(text: string, name: string): string {
  return text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;
}

/** Whether a text has already told what another one tells: its words, or its cause after the first colon. */
function says(told: string, text: string | undefined): boolean {
  if (text === undefined) return true;
  const cause = text.slice(text.indexOf(": ") + 1).trim();
  return told.includes(text) || (cause.length > 40 && told.includes(cause));
}

function Line(props: { glyph: GlyphName; tone: Tone; word: string; children: React.ReactNode }) {
  return (
    <li className="grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-4 px-4 py-2 max-sm:grid-cols-1">
      <span className={cx("flex items-start gap-2 font-medium", toneText[props.tone])}>
        <Glyph name={props.glyph} className="mt-[3px]" />
        {props.word}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere] max-sm:pl-[22px]">{props.children}</span>
    </li>
  );
}
