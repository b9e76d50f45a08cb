import type { FieldChange } from "#lib/model/application.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** The fields that differ: which, from what to what, written by whom, and when. `from` and `to` name the two columns. */
export function FieldChanges({
  fields,
  from = "Desired",
  to = "Live",
}: {
  fields: readonly FieldChange[];
  from?: string;
  to?: string;
}) {
  const written = fields.some((field) => field.manager !== undefined || field.changedAt !== undefined);
  return (
    <div className="overflow-x-auto">
      <table className="w-full table-fixed text-left max-sm:block">
        <thead className="text-xs text-muted max-sm:sr-only">
          <tr className="[&>th]:h-7 [&>th]:px-4 [&>th]:font-normal">
            <th className="w-[34%]">Field</th>
            <th>{from}</th>
            <th>{to}</th>
            {written && <th className="w-[26%]">Written by</th>}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {fields.map((field) => (
            <tr
              key={field.path}
              className="border-t border-line align-top max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 max-sm:px-4 max-sm:py-2 max-sm:first:border-t-0 sm:[&>td]:px-4 sm:[&>td]:py-1.5"
            >
              <td className="mono leading-5! [overflow-wrap:anywhere] max-sm:basis-full">{field.path}</td>
              <td>
                <FieldValue value={field.from} side="from" />
              </td>
              <td>
                <span aria-hidden="true" className="mr-2 text-subtle sm:hidden">
                  →
                </span>
                <FieldValue value={field.to} side="to" />
              </td>
              {written && (
                <td className="text-muted max-sm:basis-full">
                  <span className="text-ink">{field.manager ?? "unknown"}</span>
                  {field.managerOperation !== undefined && ` · ${field.managerOperation}`}
                  {field.changedAt !== undefined && (
                    <>
                      {" "}
                      · <RelativeTime time={field.changedAt} suffix=" ago" className="whitespace-nowrap" />
                    </>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One side of a changed field. What is not there is said in words. */
export function FieldValue({ value, side }: { value: string | undefined; side: "from" | "to" }) {
  if (value === undefined) return <span className="text-subtle italic">absent</span>;
  return (
    <span
      className={`mono line-clamp-6 inline-block max-w-full rounded-sm px-1 leading-5! whitespace-pre-wrap [overflow-wrap:anywhere] ${
        side === "from" ? "bg-diff-del text-diff-del-ink" : "bg-diff-add text-diff-add-ink"
      }`}
    >
      {value === "" ? '""' : value}
    </span>
  );
}
