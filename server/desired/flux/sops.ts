import { isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";

/** What `flux build` puts in the place of encrypted values; the second for registry credentials, which have to be JSON. */
const placeholders = ["**SOPS**", '{"mask":"**SOPS**"}'];

/**
 * Whether a Secret's values are encrypted at its source, so that only its keys can be compared. The Secret is masked already: the placeholders are
 * known by their tokens.
 */
export function isSopsSecret(object: KubeObject, masker: Masker): boolean {
  if (object.kind !== "Secret") return false;
  const tokens = new Set(placeholders.map((placeholder) => `‹masked ${masker.digest(placeholder)}›`));
  const values = [object["data"], object["stringData"]].flatMap((map) => (isRecord(map) ? Object.values(map) : []));
  return values.some((value) => typeof value === "string" && tokens.has(value));
}
