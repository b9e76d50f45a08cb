import type { Line } from "#lib/graph/walk.ts";
import type { ResourceGroup, Simplified } from "#lib/graph/simplify.ts";
import type { Application, ApplicationRef, Source } from "#lib/model/application.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";

/** One card of the graph. */
export type GraphItem =
  | { readonly type: "application"; readonly id: string; readonly application: Application }
  | { readonly type: "parent"; readonly id: string; readonly unit: ApplicationRef }
  | { readonly type: "source"; readonly id: string; readonly source: Source }
  | { readonly type: "resource"; readonly id: string; readonly node: ResourceNode }
  | { readonly type: "group"; readonly id: string; readonly group: ResourceGroup };

/** A line between two cards; `upstream` ones say where the application comes from, the others who owns what. */
export type GraphLine = Line & { readonly upstream: boolean };

/** Everything that is drawn, from where it comes to what it became. */
export interface GraphModel {
  readonly items: readonly GraphItem[];
  readonly lines: readonly GraphLine[];
}

/** The card of the application itself. */
export const applicationId = "application";

/** Puts the application between where it comes from and what it owns. */
export function graphModel(application: Application, { shown }: Simplified): GraphModel {
  const items: GraphItem[] = [];
  const lines: GraphLine[] = [];
  const { managedBy, sources } = application;
  if (managedBy) {
    items.push({ type: "parent", id: "parent", unit: managedBy });
    lines.push({ from: "parent", to: applicationId, upstream: true });
  }
  sources.forEach((source, index) => {
    if (source.name === undefined && source.url === undefined && source.chart === undefined) return;
    const id = `source:${index}`;
    items.push({ type: "source", id, source });
    lines.push({ from: id, to: applicationId, upstream: true });
  });
  items.push({ type: "application", id: applicationId, application });
  for (const one of shown) {
    items.push(
      one.type === "resource"
        ? { type: "resource", id: one.id, node: one.node }
        : { type: "group", id: one.id, group: one.group },
    );
    lines.push({ from: one.parent ?? applicationId, to: one.id, upstream: false });
  }
  return { items, lines };
}

/** Which cards stand where; the layout is made anew only when this changes, not when a status does. */
export function shapeOf({ items, lines }: GraphModel): string {
  return JSON.stringify([items.map(({ id }) => id), lines.map(({ from, to }) => ({ from, to }))]);
}

/** The lines of a shape that `shapeOf` has made. */
export function linesOf(shape: string): readonly Line[] {
  const [, lines] = JSON.parse(shape) as [unknown, readonly Line[]];
  return lines;
}
