import type { FleetDrift } from "#lib/api/activity-contract.ts";
import { rowKey, type Application, type FieldChange } from "#lib/model/application.ts";
import type { Change } from "#lib/model/diff-object.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { managerWords } from "./manager-words.ts";

/** One thing that differs: a field of an object, or the whole object. */
export type DriftEntry = {
  key: string;
  application: Application;
  ref: ResourceRef;
  change: Change;
  field?: FieldChange;
};

/** What entries can be put together by. */
export const driftGroupings = ["application", "manager", "age"] as const;

/** What entries are put together by. */
export type DriftGrouping = (typeof driftGroupings)[number];

/** Entries that belong together. */
export type DriftGroup = {
  key: string;
  label: string;
  /** Done by somebody, past every engine. */
  byHand: boolean;
  entries: DriftEntry[];
};

/**
 * What differs in these applications. As long as an application's objects are not known, the first field of its row stands for them.
 * @param applications drifted ones, in the order in which they shall stand
 * @param fleets what is known of the objects in each cluster
 */
export function driftEntries(
  applications: readonly Application[],
  fleets: ReadonlyMap<string, FleetDrift>,
): DriftEntry[] {
  const told = new Map(
    [...fleets].flatMap(([cluster, { items }]) =>
      items.map((item) => [rowKey({ ...item.application, cluster }), item.objects] as const),
    ),
  );
  return applications.flatMap((application): DriftEntry[] => {
    const unit = rowKey(application);
    const objects = told.get(unit) ?? [];
    const entries = objects.flatMap(({ ref, change, fields = [] }): DriftEntry[] => {
      const object = `${unit} ${resourceKey(ref)}`;
      if (fields.length === 0) return [{ key: object, application, ref, change }];
      return fields.map((field) => ({ key: `${object} ${field.path}`, application, ref, change, field }));
    });
    const { top } = application.drift;
    if (entries.length > 0 || top === undefined) return entries;
    const { ref, ...field } = top;
    return [{ key: `${unit} ${resourceKey(ref)} ${field.path}`, application, ref, change: "changed", field }];
  });
}

/**
 * Puts entries together. Managers: what was done by hand first, then those with the most; ages: the newest first; applications: as they come.
 * @param now milliseconds since 1970
 */
export function groupDrift(entries: readonly DriftEntry[], by: DriftGrouping, now: number): DriftGroup[] {
  const groups = new Map<string, DriftGroup>();
  for (const entry of entries) {
    const { key, label, byHand } = groupOf(entry, by, now);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, label, byHand, entries: [entry] });
    else group.entries.push(entry);
  }
  const sorted = [...groups.values()];
  if (by === "manager")
    return sorted.sort(
      (a, b) =>
        Number(b.byHand) - Number(a.byHand) || b.entries.length - a.entries.length || a.label.localeCompare(b.label),
    );
  if (by === "age") return sorted.sort((a, b) => ageOrder(a.key) - ageOrder(b.key));
  return sorted;
}

const hour = 3_600_000;
const ages: ReadonlyArray<[key: string, label: string, below: number]> = [
  ["hour", "In the last hour", hour],
  ["day", "In the last 24 hours", 24 * hour],
  ["week", "In the last 7 days", 168 * hour],
  ["older", "Longer ago", Number.POSITIVE_INFINITY],
];

function groupOf({ application, field }: DriftEntry, by: DriftGrouping, now: number): Omit<DriftGroup, "entries"> {
  if (by === "application") return { key: rowKey(application), label: application.name, byHand: false };
  if (by === "manager") {
    const { label, byHand } = managerWords(field?.manager);
    return { key: label, label, byHand };
  }
  const age = field?.changedAt === undefined ? Number.NaN : now - Date.parse(field.changedAt);
  const [key, label] = ages.find(([, , below]) => age < below) ?? ["unknown", "Nobody knows when"];
  return { key, label, byHand: false };
}

function ageOrder(key: string): number {
  const index = ages.findIndex(([each]) => each === key);
  return index < 0 ? ages.length : index;
}
