import type { SortKey } from "./filter.ts";

/** The columns that the list can have. */
export const allColumns = [
  "name",
  "cluster",
  "namespace",
  "engine",
  "health",
  "revision",
  "reason",
  "sync",
  "drift",
  "source",
  "owner",
  "labels",
  "resources",
  "deployed",
] as const;

/** A column of the list. */
export type ColumnId = (typeof allColumns)[number];

/** The columns that the list of one cluster has until someone chooses others. */
export const usualColumns: readonly ColumnId[] = [
  "name",
  "namespace",
  "engine",
  "revision",
  "reason",
  "sync",
  "drift",
  "resources",
  "deployed",
];

/** The columns that the list of all clusters has. */
const ofOneCluster: readonly ColumnId[] = allColumns.filter((id) => id !== "cluster");
const usualAcross: readonly ColumnId[] = ["name", "cluster", ...usualColumns.slice(1)];

/** The columns that there are to choose from, and the usual ones. @param across whether rows are of several clusters */
export function columnsFor(across: boolean): { all: readonly ColumnId[]; usual: readonly ColumnId[] } {
  return across ? { all: allColumns, usual: usualAcross } : { all: ofOneCluster, usual: usualColumns };
}

type Column = {
  label: string;
  sort?: SortKey;
  right?: boolean;
  /** Its width in a wide, a middling and a narrow list; a list that is narrower than its last one leaves it out. */
  widths: readonly [wide: string, middle?: string, narrow?: string];
};

/** What each column is called and how much room it takes: what matters least leaves first as the room gets narrow. */
export const columns: Record<ColumnId, Column> = {
  name: {
    label: "Name",
    sort: "name",
    widths: ["minmax(12.5rem,1.2fr)", "minmax(11.5rem,1.2fr)", "minmax(9rem,1.3fr)"],
  },
  cluster: {
    label: "Cluster",
    sort: "cluster",
    widths: ["minmax(7.75rem,0.7fr)", "minmax(7.75rem,0.7fr)", "minmax(4.5rem,0.6fr)"],
  },
  namespace: {
    label: "Namespace",
    sort: "namespace",
    widths: ["minmax(6.5rem,0.7fr)", "minmax(6rem,0.7fr)", "minmax(4.5rem,0.6fr)"],
  },
  engine: { label: "Engine", sort: "engine", widths: ["5.75rem", "5.75rem"] },
  health: { label: "Health", widths: ["6.5rem", "6.5rem"] },
  revision: {
    label: "Revision",
    sort: "revision",
    widths: ["minmax(7rem,10.25rem)", "minmax(7rem,10.25rem)", "minmax(6.5rem,0.8fr)"],
  },
  reason: {
    label: "Reason",
    sort: "worst",
    widths: ["minmax(14rem,3fr)", "minmax(12rem,3fr)", "minmax(9rem,1.8fr)"],
  },
  sync: { label: "Sync", widths: ["5.75rem", "5.75rem"] },
  drift: { label: "Drift", widths: ["2.25rem", "2.25rem", "2.5rem"] },
  source: { label: "Source", widths: ["minmax(8rem,1fr)", "minmax(7rem,1fr)"] },
  owner: { label: "Owner", widths: ["minmax(7rem,0.8fr)", "minmax(6rem,0.8fr)"] },
  labels: { label: "Labels", widths: ["minmax(9rem,1.2fr)", "minmax(7rem,1fr)"] },
  resources: { label: "Resources", widths: ["5rem"] },
  deployed: { label: "Deployed", sort: "deployed", right: true, widths: ["3.5rem", "3.5rem", "3.5rem"] },
};

/** Columns as they are asked for: known ones, each once, in their own order; the name is always one. */
export function columnsOf(asked: readonly string[]): ColumnId[] {
  return allColumns.filter((id) => id === "name" || asked.includes(id));
}

/** The tracks of a grid with these columns, as custom properties: CSS picks one of them by the room that the list has. */
export function columnTracks(chosen: readonly ColumnId[]): Record<"--wide" | "--middle" | "--narrow", string> {
  const tracks = (tier: 0 | 1 | 2) => ["1rem", ...chosen.flatMap((id) => columns[id].widths[tier] ?? [])].join(" ");
  return { "--wide": tracks(0), "--middle": tracks(1), "--narrow": tracks(2) };
}

/** From which room on a column is there, as the value of `data-from` that CSS hides it by. */
export function columnTier(id: ColumnId): "narrow" | "middle" | "wide" {
  return (["wide", "middle", "narrow"] as const)[columns[id].widths.length - 1] ?? "wide";
}
