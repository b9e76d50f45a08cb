import type { ApplicationList } from "#lib/api/application-contract.ts";
import { mergeLists } from "#lib/api/merged-list.ts";
import type { RowTable } from "#lib/api/row-table-schema.ts";
import { toTable } from "#lib/api/row-table.ts";
import type { Application } from "#lib/model/application.ts";
import { everyCluster } from "#lib/model/every-cluster.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Call } from "./guard.ts";

/** `GET /api/v1/applications`: one cluster's rows, or with `?cluster=*` those of all, each of which names its cluster. */
export function applicationList({ view, clusters, url }: Call<unknown>): ApplicationList {
  if (url.searchParams.get("cluster") !== everyCluster) return listOf(view);
  const merged = mergeLists(clusters.map(({ name, lease }) => ({ cluster: name, list: listOf(lease.view) })));
  // Positions of several streams are not one: those of each cluster stand with it.
  return { ...merged, sequence: 0 };
}

/** Rows by column, as pages read them. Random digits can't be made smaller: the identities of objects were half of what travelled, and no page looks at them. */
export function applicationTable(items: readonly Application[]): RowTable {
  return toTable(items.map((row) => ({ ...row, uid: "" })));
}

function listOf(view: ClusterView): ApplicationList {
  return { ...view.snapshot(), instance: view.instance, connection: view.connection(), limits: view.limits() };
}
