import type { HealthStatus } from "../model/health-status.ts";
import type { ResourceNode } from "../model/resource-node.ts";
import type { Branch } from "./resource-forest.ts";

/** Many resources of one kind below one owner, drawn as one. */
export interface ResourceGroup {
  readonly id: string;
  /** Key of the owner; absent below the application itself. */
  readonly parent?: string;
  /** What they are; absent where several kinds had to be put together. */
  readonly kind?: string;
  /** The resources that stand in it themselves. */
  readonly count: number;
  /** How many more are below them. */
  readonly below: number;
  readonly health: Partial<Record<HealthStatus, number>>;
}

/** One thing to draw. */
export type Shown =
  | { readonly type: "resource"; readonly id: string; readonly parent?: string; readonly node: ResourceNode }
  | { readonly type: "group"; readonly id: string; readonly parent?: string; readonly group: ResourceGroup };

/** What is drawn of an application's resources, owners before what they own. */
export interface Simplified {
  readonly shown: readonly Shown[];
  /** Resources that are drawn for themselves. */
  readonly resources: number;
  /** All there are. */
  readonly total: number;
}

/** How much is drawn. */
export interface Budget {
  /** Never more things than this. */
  readonly most: number;
  /** More healthy ones of a kind below one owner than this become one group. */
  readonly alike: number;
  /** By a group's id, how many more of its resources somebody asked to see. */
  readonly opened: ReadonlyMap<string, number>;
}

/** Kinds below one owner that get a group of their own; what else there is shares one. */
const mostKinds = 24;
/** Of resources in trouble so many times more are drawn before the rest becomes a group. */
const alikeInTrouble = 4;
/** And of what the engine itself applied, which says what the application is. */
const alikeAtTop = 3;

interface Bucket {
  readonly id: string;
  readonly parent: string | undefined;
  readonly kind: string | undefined;
  readonly members: Branch[];
}

/**
 * Chooses what is drawn: what needs a person before what does not, the worst of it first, owners always before what they
 * own; the rest is counted in groups. The idea of a ranked budget is Headlamp's (`resourceMap/graph/graphSimplification.ts`).
 */
export function simplify(forest: readonly Branch[], { most, alike, opened }: Budget): Simplified {
  const admitted = new Set<Branch>();
  const bucketsOf = new Map<Branch | undefined, Bucket[]>();
  const buckets = (owner: Branch | undefined): Bucket[] => {
    let known = bucketsOf.get(owner);
    if (!known) bucketsOf.set(owner, (known = intoBuckets(owner, owner?.below ?? forest)));
    return known;
  };
  // Each bucket may have to be drawn as a group, so its place is kept free from the moment its owner is drawn.
  let left = most - buckets(undefined).length;
  const urgent: Branch[] = [];
  const asked: Branch[] = [];
  const calm: Branch[] = [];
  const offer = (owner: Branch | undefined): void => {
    const first: Branch[] = [];
    for (const { id, members } of buckets(owner)) {
      // Members come with what needs a person first.
      const problems = members.findIndex((branch) => !branch.problem);
      const troubled = problems < 0 ? members.length : problems;
      const drawn = Math.min(troubled, alike * alikeInTrouble);
      first.push(...members.slice(0, drawn));
      asked.push(...members.slice(drawn, drawn + (opened.get(id) ?? 0)));
      const most = owner === undefined ? alike * alikeAtTop : alike;
      if (members.length - troubled <= most) calm.push(...members.slice(troubled));
    }
    // The way down to a cause is followed to its end before the next cause.
    urgent.push(...first.toReversed());
  };
  offer(undefined);
  while (left > 0) {
    const next = urgent.pop() ?? asked.shift() ?? calm.shift();
    if (next === undefined) break;
    if (admitted.has(next)) continue;
    const cost = 1 + buckets(next).length;
    if (cost > left) continue;
    left -= cost;
    admitted.add(next);
    offer(next);
  }
  const shown: Shown[] = [];
  let total = 0;
  for (const branch of forest) total += branch.size;
  put(undefined);
  return { shown, resources: admitted.size, total };

  function put(owner: Branch | undefined): void {
    const parent = owner === undefined ? {} : { parent: owner.node.key };
    for (const bucket of buckets(owner)) {
      const drawn = bucket.members.filter((branch) => admitted.has(branch));
      const rest = bucket.members.filter((branch) => !admitted.has(branch));
      // A group of one would say less than the resource, in the same room.
      const [only] = rest;
      if (rest.length === 1 && only !== undefined && only.below.length === 0) {
        drawn.push(only);
        admitted.add(only);
        rest.length = 0;
      }
      for (const branch of drawn) {
        shown.push({ type: "resource", id: branch.node.key, ...parent, node: branch.node });
        put(branch);
      }
      if (rest.length > 0) shown.push({ type: "group", id: bucket.id, ...parent, group: groupOf(bucket, rest) });
    }
  }
}

function intoBuckets(owner: Branch | undefined, members: readonly Branch[]): Bucket[] {
  const parent = owner?.node.key;
  const buckets = new Map<string, Bucket>();
  for (const branch of members) {
    const { group, kind } = branch.node.ref;
    let name = `${group}/${kind}`;
    if (!buckets.has(name) && buckets.size >= mostKinds) name = "";
    const bucket = buckets.get(name);
    if (bucket) bucket.members.push(branch);
    else
      buckets.set(name, {
        id: `group:${parent ?? ""}:${name}`,
        parent,
        kind: name === "" ? undefined : kind,
        members: [branch],
      });
  }
  return [...buckets.values()];
}

function groupOf({ id, parent, kind }: Bucket, rest: readonly Branch[]): ResourceGroup {
  const health: Partial<Record<HealthStatus, number>> = {};
  let below = 0;
  for (const { node, size } of rest) {
    health[node.health.status] = (health[node.health.status] ?? 0) + 1;
    below += size - 1;
  }
  return {
    id,
    count: rest.length,
    below,
    health,
    ...(parent !== undefined && { parent }),
    ...(kind !== undefined && { kind }),
  };
}
