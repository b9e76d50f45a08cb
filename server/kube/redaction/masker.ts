import type { KubeObject } from "../object.ts";

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
