import { randomBytes } from "node:crypto";
import type { KubeObject } from "../object.ts";
import { isRecord } from "./json.ts";
import { maskDocuments } from "./mask-manifest.ts";
import { maskFields } from "./mask-object.ts";
import type { ObjectMasking } from "./mask-object.ts";
import { maskEmbedded, maskMessage } from "./mask-text.ts";
import { createScrubber } from "./scrubber.ts";
import { createTokens, isToken } from "./token.ts";

/**
 * Replaces Secret values by tokens (`‹masked 8hex›`), a keyed digest of the value: equal values give equal tokens as long as the
 * process lives, and nothing can be computed back. Everything is idempotent: what is masked already stays as it is.
 */
export interface Masker {
  /**
   * The object without Secret values: `data` and `stringData` of Secrets, the last-applied annotation and other places that hold
   * copies of Secrets, embedded Secrets and lists of them. Returns the same object when there was nothing to mask.
   */
  maskObject(object: KubeObject): KubeObject;
  /** A message (error, event, condition, program output) without Secret values as far as they can be recognised. */
  maskText(text: string): string;
  /** A YAML stream. Documents that can't be read are replaced whole and are not among `objects`. */
  maskManifest(yamlText: string): { objects: KubeObject[]; text: string };
  /**
   * A function that replaces every occurrence of these raw secret values (4 characters or more; plain, base64, JSON-escaped) by
   * their tokens: for texts near a Secret, such as Helm values and notes of the same release.
   */
  scrubber(values: Iterable<string>): (text: string) => string;
  /** Eight hexadecimal digits, keyed. */
  digest(value: string | Uint8Array): string;
}

/** A masker with a key of its own: tokens of two maskers can't be compared, so a process has one. */
export function createMasker(key: Uint8Array = randomBytes(32)): Masker {
  const tokens = createTokens(key);
  const masking: ObjectMasking = {
    tokens,
    maskMessage: (text) => maskMessage(text, tokens, maskJson, maskYaml),
    maskEmbedded: (text) => maskEmbedded(text, maskJson, maskYaml),
  };
  function maskJson(json: string): string | undefined {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return undefined;
    }
    // A masked list is read through a field, so that one function does for both.
    if (Array.isArray(value)) return JSON.stringify(maskFields({ list: value }, masking)["list"]);
    return isRecord(value) ? JSON.stringify(maskFields(value, masking)) : undefined;
  }
  function maskYaml(yaml: string): string {
    return maskDocuments(yaml, (fields) => maskFields(fields, masking)).text;
  }
  return {
    maskObject: (object) => maskFields(object, masking) as KubeObject,
    maskText: masking.maskMessage,
    maskManifest: (yamlText) => maskDocuments(yamlText, (fields) => maskFields(fields, masking)),
    scrubber: (values) =>
      createScrubber(
        [...values].filter((value) => !isToken(value)),
        tokens,
      ),
    digest: tokens.digest,
  };
}
