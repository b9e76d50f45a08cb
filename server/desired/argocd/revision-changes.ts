import { compareSubset, toFieldChange } from "#lib/diff/compare-subset.ts";
import { projectOnto } from "#lib/diff/comparable.ts";
import { refOf, type ManifestObject } from "#lib/diff/manifest-object.ts";
import { sortDiff } from "#lib/diff/object-diff.ts";
import { toYaml } from "#lib/diff/to-yaml.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { parseApiVersion, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { withoutValues } from "#server/drift/local-comparison.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { unreadable } from "./unreadable.ts";

const hooks = ["argocd.argoproj.io/hook", "helm.sh/hook"];

/** Manifests of Argo CD's as it applies them: hooks left out, in the destination's namespace where they name none. */
export function appliedManifests(
  manifests: readonly KubeObject[],
  namespace: string,
  discovery: Pick<Discovery, "resolve">,
): KubeObject[] {
  return manifests
    .filter(({ metadata }) => hooks.every((hook) => metadata.annotations?.[hook] === undefined))
    .map((object) => {
      const { group } = parseApiVersion(object.apiVersion);
      const isNamespaced = discovery.resolve({ group, kind: object.kind })?.namespaced ?? true;
      if (!isNamespaced || object.metadata.namespace !== undefined || namespace === "") return object;
      return { ...object, metadata: { ...object.metadata, namespace } };
    });
}

/**
 * What applying these manifests would change, live → desired; compared here, because Argo CD's API compares with the target revision alone. `inventory`
 * is what belongs to the Application now: what of it is not among the manifests comes out as removed. Argo CD hides the values of Secrets, so only their
 * keys are compared.
 */
export function revisionChanges(
  manifests: readonly KubeObject[],
  inventory: readonly ResourceRef[],
  store: StoreReader,
): DiffObject[] {
  const wanted = new Set(manifests.map((object) => resourceKey(refOf(object))));
  const gone = inventory
    .filter((ref) => !wanted.has(resourceKey(ref)))
    .map((ref): DiffObject => {
      const live = store.get(resourceKey(ref))?.object;
      return { ref, change: "removed", exactness: "engine", ...(live && { from: toYaml(live) }) };
    });
  return sortDiff([...manifests.map((object) => changeOf(object, store)), ...gone]);
}

function changeOf(object: KubeObject, store: StoreReader): DiffObject {
  const ref = refOf(object);
  const hidden = unreadable(ref, store);
  const live = store.get(resourceKey(ref))?.object;
  if (hidden !== undefined) return { ref, change: "changed", exactness: "local", note: hidden };
  if (live === undefined) return { ref, change: "added", exactness: "engine", to: toYaml(object) };
  const isSecret = ref.group === "" && ref.kind === "Secret";
  const [from, to]: [ManifestObject, ManifestObject] = isSecret
    ? [withoutValues(live), withoutValues(object)]
    : [live, object];
  const fields = compareSubset(to, from).map(({ path, from: wanted, to: present }) =>
    toFieldChange({ path, from: present, to: wanted }),
  );
  const note = isSecret ? "Argo CD hides the values of Secrets: only their keys are compared" : undefined;
  const shown = projectOnto(to, from) as ManifestObject;
  return {
    ref,
    change: fields.length === 0 ? "unchanged" : "changed",
    exactness: "local",
    from: toYaml(shown),
    to: toYaml(to),
    ...(fields.length > 0 && { fields }),
    ...(note !== undefined && { note }),
  };
}
