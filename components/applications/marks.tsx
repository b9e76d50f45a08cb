import type { Application } from "#lib/model/application.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";

/** Small marks after a name: a rollback that is held, a suspension, an operation that runs. */
export function Marks({ application }: { application: Application }) {
  const { hold, suspended, operation, health } = application;
  return (
    <>
      {hold && <Mark glyph="Hold" tone="text-warn" word="Held" text={`Held at ${hold.revision} by ${hold.by}`} />}
      {suspended && !hold && health.status !== "Suspended" && (
        <Mark
          glyph="Suspended"
          tone="text-idle"
          word="Suspended"
          text="Suspended: its controller does not reconcile it"
        />
      )}
      {operation?.phase === "Running" && (
        <Mark
          glyph="Running"
          tone="text-busy"
          word="Running"
          text={`${operation.kind} is running${operation.by === undefined ? "" : `, started by ${operation.by}`}`}
        />
      )}
    </>
  );
}

function Mark(props: { glyph: "Hold" | "Suspended" | "Running"; tone: string; word: string; text: string }) {
  return (
    <Tooltip text={props.text}>
      <span className={`inline-flex shrink-0 items-center ${props.tone}`}>
        <Glyph name={props.glyph} />
        <span className="sr-only">{props.word}</span>
      </span>
    </Tooltip>
  );
}

/** Drift in the room of a column: the sign, the number, and the first field in its tooltip. */
export function DriftMark({ drift }: { drift: Application["drift"] }) {
  if (drift.status === "None")
    return (
      <span className="text-subtle">
        <span aria-hidden="true">–</span>
        <span className="sr-only">No drift</span>
      </span>
    );
  if (drift.status === "Unknown") {
    const mark = (
      <span className="inline-flex text-idle">
        <Glyph name="Unknown" />
        <span className="sr-only">Drift unknown</span>
      </span>
    );
    return drift.message === undefined ? mark : <Tooltip text={drift.message}>{mark}</Tooltip>;
  }
  const { top } = drift;
  return (
    <Tooltip
      text={
        top === undefined ? (
          `${drift.count} ${drift.count === 1 ? "object differs" : "objects differ"} from what was applied`
        ) : (
          <>
            <span className="block">
              {top.ref.kind}/{top.ref.name}
            </span>
            <span className="mono block [overflow-wrap:anywhere]">{top.path}</span>
            <span className="mono block text-muted [overflow-wrap:anywhere]">
              {top.from ?? "absent"} → {top.to ?? "absent"}
            </span>
            {top.manager !== undefined && <span className="block text-muted">by {top.manager}</span>}
          </>
        )
      }
    >
      <span className="tabular inline-flex items-center gap-1 font-medium text-warn">
        <Glyph name="Drift" />
        {drift.count}
        <span className="sr-only">drifted</span>
      </span>
    </Tooltip>
  );
}
