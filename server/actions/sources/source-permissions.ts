import {
  fluxSourceActions,
  type FluxSourceAction,
  type FluxSourceKind,
  type FluxSourcePermission,
  type FluxSourceRef,
} from "#lib/model/flux-source.ts";
import { fields } from "#lib/model/health/fields.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import { heldFor } from "#server/engines/common/source-pin.ts";
import type { AccessAttributes, ClusterAccess } from "#server/kube/access.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { isPassive } from "#server/sources/read-source.ts";
import { isSuspended } from "../flux/state.ts";

/** What patching sources of a kind in a namespace (or everywhere) needs; all three actions are patches. */
export function patchSources(discovery: Discovery, kind: FluxSourceKind, namespace?: string): AccessAttributes {
  const resource = discovery.resolve({ group: sourceGroup, kind });
  return {
    verb: "patch",
    group: sourceGroup,
    resource: resource?.plural ?? pluralOf(kind),
    ...(namespace !== undefined && { namespace }),
  };
}

/** Why an action on a source can't be taken now, whoever asks; undefined when it can. */
export function sourceRefusal(action: FluxSourceAction, kind: FluxSourceKind, object: KubeObject): string | undefined {
  if (isPassive(kind, fields(object["spec"])))
    return kind === "ExternalArtifact"
      ? "an ExternalArtifact is kept by the controller that made it"
      : "an OCI Helm repository is only an address: Flux fetches nothing for it";
  const suspended = isSuspended(object);
  const held = heldFor(object);
  switch (action) {
    case "refresh":
      return suspended ? "it is suspended and fetches nothing: resume it first" : undefined;
    case "suspend":
      if (suspended) return "it is suspended already";
      // Suspended, it would not go back to its original ref when the hold is released.
      return held === undefined
        ? undefined
        : `it is kept at an earlier revision for Kustomization ${held}: release that hold first`;
    case "resume":
      return suspended ? undefined : "nothing to resume: it is not suspended";
  }
}

/**
 * Which of these sources the person may patch: the missing permission in words, by the index of the source. Asks for each kind in
 * all namespaces first, and for single namespaces only where that is refused. @throws KubeError with status 401
 */
export async function missingForSources(
  refs: readonly FluxSourceRef[],
  access: ClusterAccess,
  discovery: Discovery,
): Promise<(ref: FluxSourceRef) => string | undefined> {
  const kinds = [...new Set(refs.map(({ kind }) => kind))];
  const everywhere = await access.review(kinds.map((kind) => patchSources(discovery, kind)));
  const free = new Set(kinds.filter((_, index) => everywhere[index]?.allowed === true));
  const places = new Map(
    refs
      .filter(({ kind }) => !free.has(kind))
      .map(({ kind, namespace }) => [`${kind}/${namespace}`, { kind, namespace }]),
  );
  const answers = await access.review(
    [...places.values()].map(({ kind, namespace }) => patchSources(discovery, kind, namespace)),
  );
  const missing = new Map(
    [...places.keys()].map((place, index) => [
      place,
      answers[index]?.allowed === true ? undefined : (answers[index]?.reason ?? "you may not patch it"),
    ]),
  );
  return ({ kind, namespace }) => missing.get(`${kind}/${namespace}`);
}

/** One answer for each action. A missing permission is said before a reason of the source's state: it does not pass by itself. */
export function sourcePermissions(
  kind: FluxSourceKind,
  object: KubeObject,
  missing: string | undefined,
): FluxSourcePermission[] {
  return fluxSourceActions.map((action) => {
    const reason = missing ?? sourceRefusal(action, kind, object);
    return reason === undefined ? { action, allowed: true } : { action, allowed: false, reason };
  });
}

/** The usual plural, for clusters that do not serve the kind. */
function pluralOf(kind: FluxSourceKind): string {
  return kind.toLowerCase().replace(/y$/, "ie").concat("s");
}
