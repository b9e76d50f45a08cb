import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef, resourceKey } from "#lib/model/resource-ref.ts";
import { FieldChanges } from "./field-changes.tsx";
import { ignoreRulesOf, type IgnoreRule } from "./ignored-rules.ts";

/** How many objects of a rule are named. */
const named = 4;

const words: Record<IgnoreRule["kind"], string> = {
  path: "Field",
  manager: "Written by",
  whole: "Whole object",
};

/** What a comparison leaves out, and for which objects: rules of the engine, and of the objects' own metadata. Nothing where there are none. */
export function IgnoredList({ objects }: { objects: readonly DiffObject[] }) {
  const rules = ignoreRulesOf(objects);
  if (rules.length === 0) return null;
  const hiding = objects.filter(({ ignored }) => ignored?.hidden !== undefined);
  return (
    <section aria-label="Ignore rules" className="overflow-hidden rounded-lg border border-line bg-surface">
      <h3 className="flex min-h-9 flex-wrap items-baseline gap-x-2 border-b border-line px-4 py-2">
        <span className="font-medium">Ignore rules</span>
        <span className="text-muted">What differs here does not count as drift.</span>
      </h3>
      <ul>
        {rules.map(({ kind, text, refs }) => (
          <li
            key={`${kind} ${text}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-1.5 last:border-b-0"
          >
            <span className="w-24 shrink-0 text-muted">{words[kind]}</span>
            <span className="mono min-w-0 flex-1 basis-60 leading-5! [overflow-wrap:anywhere]">{text}</span>
            <span
              className="min-w-0 flex-1 basis-60 text-muted [overflow-wrap:anywhere]"
              title={refs.map(formatRef).join("\n")}
            >
              {refs.slice(0, named).map(formatRef).join(", ")}
              {refs.length > named && ` and ${refs.length - named} more`}
            </span>
          </li>
        ))}
      </ul>
      {hiding.map(({ ref, ignored }) => (
        <section key={resourceKey(ref)} aria-label={`Hidden in ${formatRef(ref)}`} className="border-t border-line">
          <h4 className="flex min-h-8 flex-wrap items-baseline gap-x-2 px-4 py-1.5">
            <span className="font-medium">Hidden now</span>
            <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{formatRef(ref)}</span>
          </h4>
          <FieldChanges fields={ignored?.hidden ?? []} />
        </section>
      ))}
    </section>
  );
}
