import { heldForAnnotation } from "#lib/model/annotations.ts";
import { at, fields, text } from "#lib/model/health/fields.ts";
import { parseRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** The field of a source's `spec.ref` that goes before all others, and what it has to be. */
export interface SourcePin {
  readonly field: "commit" | "digest";
  readonly value: string;
}

/**
 * What pins a source of this kind to a revision; undefined when the kind can't be pinned or the revision says too little.
 * Source: source-controller `api/v1` (GitRepositoryRef.Commit, OCIRepositoryRef.Digest: "takes precedence over").
 */
export function pinOf(kind: string, revision: string): SourcePin | undefined {
  const { hash, algorithm } = parseRevision(revision);
  if (hash === undefined) return undefined;
  if (kind === "GitRepository")
    return algorithm === "sha1" && hash.length === 40 ? { field: "commit", value: hash } : undefined;
  if (kind === "OCIRepository")
    return algorithm === "sha1" ? undefined : { field: "digest", value: `${algorithm}:${hash}` };
  return undefined;
}

/** Why an earlier revision of a source can't be pinned; undefined when it can. */
export function whyNotPinnable(kind: string, revision: string): string | undefined {
  if (pinOf(kind, revision) !== undefined) return undefined;
  if (kind === "GitRepository") return "the history does not say which commit it was";
  if (kind === "OCIRepository") return "the history does not say which digest it was";
  return kindNotPinnable(kind);
}

/** Why no revision of such a source can be pinned; undefined for the kinds that can. */
export function kindNotPinnable(kind: string): string | undefined {
  if (kind === "GitRepository" || kind === "OCIRepository") return undefined;
  return `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind} can't be pinned to an earlier revision`;
}

/** Whether a source is pinned so. */
export function isPinned(source: KubeObject, { field, value }: SourcePin): boolean {
  return at(source, ["spec", "ref", field]) === value;
}

/** The Kustomization (`namespace/name`) for which Driftglass has pinned this source, if it has. */
export function heldFor(source: KubeObject): string | undefined {
  return text(fields(source.metadata.annotations)[heldForAnnotation]) || undefined;
}
