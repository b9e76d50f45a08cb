import { resourceKey } from "../model/resource-ref.ts";
import { refOf, type ManifestObject } from "./manifest-object.ts";

/** One of two applications whose objects are put side by side. */
export interface PairingSide {
  /** The application's own name and namespace, which names of its objects are often made of. */
  readonly name: string;
  readonly namespace: string;
  readonly objects: readonly ManifestObject[];
}

/** An object of the left application and its counterpart of the right one; one of them is absent where there is none. */
export interface ObjectPair {
  readonly left?: ManifestObject;
  readonly right?: ManifestObject;
  /** Why they are taken for counterparts, where their names don't say so. */
  readonly only?: boolean;
}

/** Kinds of which an application has many that have nothing to do with each other. */
const unrelated = new Set(["ConfigMap", "Secret"]);

/**
 * Pairs the objects of two applications (staging and production, or the same one with two engines): of one group and kind, by name, best first.
 * Namespaces don't count. The same name; the same name without what only the application, its namespace or environment put before or
 * after it, and without Kustomize's content hash; at last the only one of its kind on both sides. Objects that are named twice count once.
 */
export function pairObjects(left: PairingSide, right: PairingSide): ObjectPair[] {
  const lefts = byKind(left.objects);
  const rights = byKind(right.objects);
  const cores = [affixesOf(left, right), affixesOf(right, left)] as const;
  return [...new Set([...lefts.keys(), ...rights.keys()])].flatMap((kind) =>
    pairKind(lefts.get(kind) ?? [], rights.get(kind) ?? [], cores),
  );
}

function pairKind(
  lefts: readonly ManifestObject[],
  rights: readonly ManifestObject[],
  [leftAffixes, rightAffixes]: readonly [readonly string[], readonly string[]],
): ObjectPair[] {
  const open = { left: new Set(lefts), right: new Set(rights) };
  const pairs: ObjectPair[] = [];
  const take = (left: ManifestObject, right: ManifestObject, only = false): void => {
    open.left.delete(left);
    open.right.delete(right);
    pairs.push({ left, right, ...(only && { only }) });
  };
  const match = (leftText: (object: ManifestObject) => string, rightText = leftText): void => {
    const waiting = Map.groupBy(open.right, rightText);
    for (const object of Array.from(open.left)) {
      const counterpart = waiting.get(leftText(object))?.shift();
      if (counterpart) take(object, counterpart);
    }
  };
  match(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`);
  match(({ metadata }) => metadata.name);
  match(
    (object) => coreName(object, leftAffixes),
    (object) => coreName(object, rightAffixes),
  );
  const [left, ...moreLeft] = open.left;
  const [right, ...moreRight] = open.right;
  if (left && right && moreLeft.length + moreRight.length === 0 && !unrelated.has(left.kind)) take(left, right, true);
  for (const object of open.left) pairs.push({ left: object });
  for (const object of open.right) pairs.push({ right: object });
  return pairs;
}

/** What stands before or after names on this side alone, longest first. */
function affixesOf(side: PairingSide, other: PairingSide): string[] {
  const names = side.objects.map(({ metadata }) => metadata.name);
  const found = [
    side.name,
    side.namespace,
    ...ownWords(side.name, other.name),
    ...ownWords(side.namespace, other.namespace),
    sharedStart(names),
    sharedEnd(names),
  ];
  return [...new Set(found.filter((affix) => affix !== ""))].toSorted((a, b) => b.length - a.length);
}

/** The words of a name that the other has not: `staging` of `shop-staging`, beside `shop-production`. */
function ownWords(name: string, other: string): string[] {
  const others = new Set(other.split("-"));
  return name.split("-").filter((word) => !others.has(word));
}

function sharedStart(names: readonly string[]): string {
  return sharedWords(names.map((name) => name.split("-"))).join("-");
}

function sharedEnd(names: readonly string[]): string {
  return sharedWords(names.map((name) => name.split("-").toReversed()))
    .toReversed()
    .join("-");
}

/** The words with which all of several lists begin; of a single one it would be all of it, which says nothing. */
function sharedWords([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  if (others.length === 0) return [];
  const end = first.findIndex((word, index) => others.some((words) => words[index] !== word));
  return end < 0 ? first : first.slice(0, end);
}

// Kustomize's suffixes: ten characters of an alphabet without vowels (kustomize `api/hasher`, encode).
const contentHash = /-[bcdfghkmt2456789]{10}$/;

function coreName({ kind, metadata }: ManifestObject, affixes: readonly string[]): string {
  let name = kind === "ConfigMap" || kind === "Secret" ? metadata.name.replace(contentHash, "") : metadata.name;
  for (const affix of affixes) {
    if (name === affix) name = "";
    else if (name.startsWith(`${affix}-`)) name = name.slice(affix.length + 1);
    else if (name.endsWith(`-${affix}`)) name = name.slice(0, -affix.length - 1);
  }
  return name;
}

function byKind(objects: readonly ManifestObject[]): Map<string, ManifestObject[]> {
  const once = new Map(objects.map((object) => [resourceKey(refOf(object)), object]));
  const ordered = [...once.values()].toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return Map.groupBy(ordered, (object) => `${refOf(object).group}/${object.kind}`);
}
