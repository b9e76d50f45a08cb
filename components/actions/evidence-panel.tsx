import type { Evidence } from "#lib/model/action.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { Glyph } from "#components/ui/glyph.tsx";

type Props = { message: string; evidence: readonly Evidence[] };

/** What an action has left to look at: each object, what it came to, and the end of its log. */
export function EvidencePanel({ message, evidence }: Props) {
  return (
    <div className="flex flex-col gap-3 p-4">
      <p role="status" className="font-medium">
        {message}
      </p>
      {evidence.map(({ ref, verdict, failed, log }) => (
        <section key={`${ref.kind}/${ref.name}`} className="overflow-hidden rounded-md border border-line">
          <h3 className="flex min-h-9 items-center gap-2 border-b border-line px-3">
            <Glyph name={failed ? "Degraded" : "Healthy"} className={failed ? "text-bad" : "text-ok"} />
            <span className="mono [overflow-wrap:anywhere]">{formatRef(ref)}</span>
            <span className={failed ? "text-bad" : "text-muted"}>{verdict}</span>
          </h3>
          {log !== undefined && log.trim() !== "" ? (
            <div
              role="region"
              tabIndex={0}
              aria-label={`End of the log of ${ref.name}`}
              className="max-h-64 overflow-auto p-3 mono [overflow-wrap:anywhere] whitespace-pre-wrap"
            >
              {log.trimEnd()}
            </div>
          ) : (
            <p className="p-3 text-muted">It has written no log, or it can't be read any more.</p>
          )}
        </section>
      ))}
    </div>
  );
}
