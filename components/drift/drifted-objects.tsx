"use client";
import type { Application } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { ObjectChange } from "#components/diff/object-change.tsx";
import { ProblemBanner } from "#components/live/problem.tsx";
import { useDrift } from "#components/live/queries.ts";
import { SkeletonLines } from "#components/ui/skeleton.tsx";

/** The objects of an application that differ, with both sides; asked for when they are opened. */
export function DriftedObjects({ application }: { application: Application }) {
  const { data, error, check } = useDrift(application);
  if (error && !data)
    return (
      <div className="px-5 pb-3">
        <ProblemBanner error={error} onRetry={check} />
      </div>
    );
  if (data === undefined) return <SkeletonLines lines={3} label="Comparing" />;
  const objects = data.objects.filter((object) => object.change !== "unchanged");
  return (
    <div className="mx-3 mb-3 overflow-hidden rounded-md border border-line sm:mr-5 sm:ml-12">
      {data.message !== undefined && <p className="border-b border-line px-4 py-2 text-muted">{data.message}</p>}
      {objects.map((object) => (
        <ObjectChange
          key={resourceKey(object.ref)}
          object={object}
          open={objects.length === 1}
          sides={["Desired", "Live"]}
          words={{ removed: "Missing", added: "Extra", changed: "Drifted" }}
        />
      ))}
      {objects.length === 0 && <p className="px-4 py-2 text-muted">Nothing differs any more.</p>}
    </div>
  );
}
