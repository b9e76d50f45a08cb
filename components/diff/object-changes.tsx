"use client";
import { useState } from "react";
import type { Change, DiffObject } from "#lib/model/diff-object.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { ObjectChange } from "./object-change.tsx";

/** Number of objects of each change. */
export function countChanges(objects: readonly DiffObject[]): Record<Change, number> {
  const counts: Record<Change, number> = { added: 0, removed: 0, changed: 0, unchanged: 0 };
  for (const object of objects) counts[object.change] += 1;
  return counts;
}

/** The counts in words: "1 added, 2 changed, 1 removed"; "nothing changes" when there are none. */
export function changeWords(objects: readonly DiffObject[]): string {
  const counts = countChanges(objects);
  const parts = (["added", "changed", "removed"] as const).flatMap((change) =>
    counts[change] > 0 ? [`${counts[change]} ${change}`] : [],
  );
  return parts.length === 0 ? "nothing changes" : parts.join(", ");
}

const order: Record<Change, number> = { removed: 0, changed: 1, added: 2, unchanged: 3 };

type Props = {
  objects: readonly DiffObject[];
  sides?: readonly [string, string];
  words?: Partial<Record<Change, string>>;
  openFirst?: boolean;
};

/** Objects of a comparison, one under the other: what is removed first, what stays the same behind one line. */
export function ObjectChanges({ objects, sides, words, openFirst = false }: Props) {
  const [all, setAll] = useState(false);
  const sorted = objects.toSorted((a, b) => order[a.change] - order[b.change]);
  const same = sorted.filter((object) => object.change === "unchanged");
  const shown = all ? sorted : sorted.filter((object) => object.change !== "unchanged");
  return (
    <div>
      {shown.map((object, index) => (
        <ObjectChange
          key={resourceKey(object.ref)}
          object={object}
          open={openFirst && index === 0}
          {...(sides && { sides })}
          {...(words && { words })}
        />
      ))}
      {same.length > 0 && !all && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="h-9 w-full px-4 pl-[38px] text-left text-muted -outline-offset-2 hover:bg-hover hover:text-ink"
        >
          {same.length} unchanged
        </button>
      )}
    </div>
  );
}
