import { at, fields, text } from "#lib/model/health/fields.ts";
import type { Revision } from "#lib/model/revision.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { StoredObject } from "#server/kube/store.ts";

/**
 * Who made an artifact and what it is, as its own annotations say: `flux push artifact` and CI write them, and source-controller keeps those of
 * the artifact that it has now, so only of that revision anything is known. Git sources carry none.
 * Keys: OCI image spec `annotations.md`.
 */
export function artifactNotes(
  source: StoredObject | undefined,
  revision: string,
): Pick<Revision, "message" | "author"> {
  const artifact = fields(at(source?.object, ["status", "artifact"]));
  if (text(artifact["revision"]) === "" || !sameRevision(text(artifact["revision"]), revision)) return {};
  const metadata = fields(artifact["metadata"]);
  const said = (name: string): string => text(metadata[`org.opencontainers.image.${name}`]);
  const message = said("description") || said("title");
  const author = said("authors") || said("vendor");
  return { ...(message !== "" && { message }), ...(author !== "" && { author }) };
}
