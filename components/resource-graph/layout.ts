import ELK, { type ELK as Elk } from "elkjs/lib/elk-api.js";
import { tidyTree } from "#lib/graph/tidy-tree.ts";
import type { Line, Placed } from "#lib/graph/walk.ts";
import { applicationId, type GraphModel } from "./graph-model.ts";

/** Every card is this big, so that the layout needs no measuring. */
export const cardSize = { width: 232, height: 48 } as const;

/** The room between two cards: across a line, and down a column. */
const room = { across: 64, down: 12 } as const;

const options = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": String(room.across),
  "elk.spacing.nodeNode": String(room.down),
  // The worst come first and shall stay there.
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.crossingMinimization.forceNodeModelOrder": "true",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
};

/** Places cards at once, as the tree that they are: for an application so large that nobody should wait for a worker as well. */
export function placeAtOnce(lines: readonly Line[]): Placed[] {
  return tidyTree(lines, applicationId, { ...cardSize, ...room });
}

/** Places cards with ELK in a worker of its own, one graph after the other. */
export class GraphLayout {
  readonly #elk: Elk = new ELK({
    workerFactory: () => new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" }),
  });

  /** Where each card's upper left corner stands. @throws Error when the worker can't be started */
  async place({ items, lines }: Pick<GraphModel, "items" | "lines">): Promise<Placed[]> {
    const { children = [] } = await this.#elk.layout({
      id: "graph",
      layoutOptions: options,
      children: items.map(({ id }) => ({ id, ...cardSize })),
      edges: lines.map(({ from, to }) => ({ id: `${from}→${to}`, sources: [from], targets: [to] })),
    });
    return children.map(({ id, x = 0, y = 0 }) => ({ id, x, y }));
  }

  /** Ends the worker. */
  end(): void {
    this.#elk.terminateWorker();
  }
}
