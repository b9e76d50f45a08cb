import type { DiffObject } from "../model/diff-object.ts";
import { resourceKey, type ResourceRef } from "../model/resource-ref.ts";
import { projectOnto } from "./comparable.ts";
import { compareExact, compareSubset, toFieldChange } from "./compare-subset.ts";
import { isRecord } from "./json.ts";
import { refOf, type ManifestObject } from "./manifest-object.ts";
import { sortDiff } from "./object-diff.ts";
import { type ObjectPair, pairObjects, type PairingSide } from "./pair-objects.ts";
import { toYaml } from "./to-yaml.ts";

/** A side, and whether its objects are live: then the API server has filled in defaults, and controllers their fields. */
export interface ApplicationSide extends PairingSide {
  readonly live?: boolean;
}

/** Marks by which an engine knows its own: they differ between any two applications and say nothing about either. */
const ownership = [
  "kustomize.toolkit.fluxcd.io/",
  "helm.toolkit.fluxcd.io/",
  "resourceset.fluxcd.controlplane.io/",
  "meta.helm.sh/",
  "argocd.argoproj.io/tracking-id",
  "argocd.argoproj.io/instance",
  "app.kubernetes.io/managed-by",
  "config.kubernetes.io/origin",
];

/**
 * Compares two applications object by object. Counterparts are found by {@link pairObjects}; names and namespaces of the right side that have a counterpart are
 * read as those of the left, wherever a value is one of them, and marks of ownership are left out, so that what is shown differs in more than
 * what it is called. `removed` is what the left has alone, `added` what the right has alone. Pure; the objects are masked.
 */
export function compareApplications(left: ApplicationSide, right: ApplicationSide): DiffObject[] {
  const pairs = pairObjects(left, right);
  const names = renames(left, right, pairs);
  const objects = pairs.flatMap((pair): DiffObject[] => {
    if (!pair.left) return pair.right ? [{ ref: refOf(pair.right), change: "added", to: toYaml(pair.right) }] : [];
    if (!pair.right) return [{ ref: refOf(pair.left), change: "removed", from: toYaml(pair.left) }];
    const from = unmarked(pair.left);
    const to = unmarked(renamed(pair.right, names) as ManifestObject);
    return [comparePair(pair.left, pair.right, cut(from, to, left, right), left, right, pair.only === true)];
  });
  return sortDiff(objects);
}

function comparePair(
  left: ManifestObject,
  right: ManifestObject,
  [from, to]: readonly [ManifestObject, ManifestObject],
  leftSide: ApplicationSide,
  rightSide: ApplicationSide,
  only: boolean,
): DiffObject {
  const fields =
    leftSide.live === rightSide.live
      ? compareExact(from, to).map(toFieldChange)
      : rightSide.live
        ? compareSubset(from, to).map(toFieldChange)
        : compareSubset(to, from).map((difference) =>
            toFieldChange({ path: difference.path, from: difference.to, to: difference.from }),
          );
  const [ref, counterpart] = [refOf(left), refOf(right)];
  return {
    ref,
    change: fields.length > 0 ? "changed" : "unchanged",
    from: toYaml(from),
    to: toYaml(to),
    ...(fields.length > 0 && { fields }),
    ...(resourceKey(ref) !== resourceKey(counterpart) && { counterpart }),
    ...noteOf(ref, counterpart, only),
  };
}

/** Where names differ by more than the namespace, what the right side calls it. */
function noteOf(left: ResourceRef, right: ResourceRef, only: boolean): Pick<DiffObject, "note"> {
  if (left.name === right.name) return {};
  return { note: `beside ${right.name}${only ? `, the only ${right.kind} there` : ""}` };
}

/** Where one side is live, only what the other sets is laid beside it. */
function cut(
  from: ManifestObject,
  to: ManifestObject,
  left: ApplicationSide,
  right: ApplicationSide,
): readonly [ManifestObject, ManifestObject] {
  if (left.live === right.live) return [from, to];
  const onto = (wanted: ManifestObject, live: ManifestObject): ManifestObject => ({
    ...(projectOnto(wanted, live) as ManifestObject),
    metadata: wanted.metadata.labels || wanted.metadata.annotations ? metadataOf(wanted, live) : { ...nameOf(live) },
  });
  return right.live ? [from, onto(from, to)] : [onto(to, from), to];
}

function metadataOf(wanted: ManifestObject, live: ManifestObject): ManifestObject["metadata"] {
  return { ...nameOf(live), ...(projectOnto({ ...wanted.metadata }, { ...live.metadata }) as object) };
}

function nameOf({ metadata: { name, namespace } }: ManifestObject): ManifestObject["metadata"] {
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

/** How the right side's names read on the left. */
function renames(left: PairingSide, right: PairingSide, pairs: readonly ObjectPair[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (from: string | undefined, to: string | undefined): void => {
    if (from !== undefined && to !== undefined && from !== to && from !== "" && !names.has(from)) names.set(from, to);
  };
  for (const pair of pairs) {
    add(pair.right?.metadata.name, pair.left?.metadata.name);
    add(pair.right?.metadata.namespace, pair.left?.metadata.namespace);
  }
  add(right.name, left.name);
  add(right.namespace, left.namespace);
  return names;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (names.size === 0) return value;
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, names)]));
}

function unmarked(object: ManifestObject): ManifestObject {
  const { labels, annotations, ...rest } = object.metadata;
  const [ownLabels, ownAnnotations] = [without(labels), without(annotations)];
  return {
    ...object,
    metadata: {
      ...rest,
      ...(ownLabels && { labels: ownLabels }),
      ...(ownAnnotations && { annotations: ownAnnotations }),
    },
  };
}

function without(marks: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
  const kept = Object.entries(marks ?? {}).filter(([name]) => !ownership.some((prefix) => name.startsWith(prefix)));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
