import type { Application } from "#lib/model/application.ts";
import { revisionStep, sameRevision, shortRevision } from "#lib/model/revision-format.ts";

/** Applied revision, and the desired one where it is another: `main@4a637a6 → 91be02c`. */
export function RevisionStep({ revision, className }: { revision: Application["revision"]; className?: string }) {
  const { applied, desired } = revision;
  if (applied === undefined && desired === undefined) return <span className="text-subtle">–</span>;
  const moves = applied !== undefined && desired !== undefined && !sameRevision(applied, desired);
  const shown = applied ?? desired ?? "";
  const text = moves
    ? revisionStep(applied, desired)
    : applied === undefined
      ? `→ ${shortRevision(shown)}`
      : shortRevision(shown);
  const title = moves
    ? `applied ${applied}\ndesired ${desired}`
    : applied === undefined
      ? `desired ${shown}, nothing applied yet`
      : shown;
  return (
    <span className={className ?? "mono block truncate text-muted"} title={title}>
      {text}
    </span>
  );
}
