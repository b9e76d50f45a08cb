import { createHash } from "node:crypto";
import { getIn, isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Artifact } from "./fetch-artifact.ts";

/**
 * The digest by which kustomize-controller records a build in `status.history[]`, computed from what `flux build` writes: the same YAML
 * before owner labels are set. It is how an artifact is verified whose own digest is not known any more. A build with common metadata or encrypted values
 * differs from the controller's, and is then not taken for verified.
 * Source: kustomize-controller `internal/controller/kustomization_controller.go` (checksum of `m.AsYaml()`).
 */
export function buildDigest(yaml: string): string {
  const unlabelled = yaml
    .replace(/^ {4}kustomize\.toolkit\.fluxcd\.io\/name(?:space)?: .*\n/gm, "")
    // A map that had only these labels was not there before.
    .replace(/^ {2}labels:\n(?! {4})/gm, "")
    .replace(/---\n$/, "");
  return `sha256:${createHash("sha256").update(unlabelled).digest("hex")}`;
}

/** The digest that the controller recorded for a revision that it reconciled. */
export function recordedDigest(kustomization: KubeObject, revision: string): string | undefined {
  const history = getIn(kustomization, "status", "history");
  const entries = Array.isArray(history) ? history.filter(isRecord) : [];
  const digest = entries.find((entry) => getIn(entry, "metadata", "revision") === revision)?.["digest"];
  return typeof digest === "string" ? digest : undefined;
}

/**
 * Where source-controller keeps the artifact of an earlier revision for a while (`--artifact-retention-records`): the same URL with the other checksum.
 * Undefined when the URL does not follow from the revision. Its digest is not known.
 */
export function retainedArtifactUrl(current: Artifact, revision: string): string | undefined {
  const now = checksum(current.revision);
  const then = checksum(revision);
  if (now === undefined || then === undefined || !current.url.includes(now)) return undefined;
  return current.url.replaceAll(now, then);
}

function checksum(revision: string): string | undefined {
  return /[@:]((?:[0-9a-f]{2}){20,64})$/.exec(revision)?.[1];
}
