"use client";
import { useState } from "react";
import type { Diff } from "#lib/api/diff-contract.ts";
import type { Change } from "#lib/model/diff-object.ts";
import { DiffView } from "#components/diff/diff-view.tsx";
import { useDiffLayout } from "#components/diff/layout-switch.tsx";
import { ObjectChanges } from "#components/diff/object-changes.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

type Props = {
  data: Pick<Diff, "objects" | "documents" | "message">;
  /** How many objects of which change, in words. */
  summary: string;
  sides?: readonly [string, string];
  words?: Partial<Record<Change, string>>;
};

/** What a comparison found: objects one by one, and texts (values, notes, source and parameters) each in a tab of its own. */
export function ComparisonParts({ data, summary, sides, words }: Props) {
  const [tab, setTab] = useState("objects");
  const layout = useDiffLayout();
  const documents = data.documents ?? [];
  const document = documents.find((each) => each.title === tab);
  return (
    <Tabs
      label="Parts of the comparison"
      inset="px-2"
      value={document ? tab : "objects"}
      onChange={setTab}
      items={[
        {
          value: "objects",
          label: "Objects",
          count: data.objects.filter((object) => object.change !== "unchanged").length,
        },
        ...documents.map((each) => ({ value: each.title, label: each.title })),
      ]}
    >
      {document ? (
        document.from === document.to ? (
          <p className="px-4 py-3 text-muted">The same in both.</p>
        ) : (
          <DiffView from={document.from ?? ""} to={document.to ?? ""} layout={layout} label={document.title} />
        )
      ) : (
        <>
          {data.message !== undefined && <p className="border-b border-line px-4 py-2 text-muted">{data.message}</p>}
          {(data.objects.length > 0 || data.message === undefined) && (
            <p role="status" className="border-b border-line px-4 py-2 text-muted first-letter:uppercase">
              {summary}
            </p>
          )}
          <ObjectChanges objects={data.objects} {...(sides && { sides })} {...(words && { words })} />
        </>
      )}
    </Tabs>
  );
}
