import { createHmac } from "node:crypto";

const pattern = /^‹masked [0-9a-f]{8}›$/;

/** Makes the tokens that stand in for secret values; one key for the life of the process. */
export interface Tokens {
  /** Eight hexadecimal digits, keyed. */
  readonly digest: (value: string | Uint8Array) => string;
  /** `‹masked 8hex›` of a value; a token stays what it is. */
  readonly token: (value: string | Uint8Array) => string;
}

/** Whether a text is a token already. */
export function isToken(text: string): boolean {
  return pattern.test(text);
}

/** What stands for a whole document or text that could not be read safely. */
export const unreadable = "‹masked: it could not be read›";

/** Tokens of one key. */
export function createTokens(key: Uint8Array): Tokens {
  const digest = (value: string | Uint8Array): string =>
    createHmac("sha256", key).update(value).digest("hex").slice(0, 8);
  return {
    digest,
    token: (value) => (typeof value === "string" && isToken(value) ? value : `‹masked ${digest(value)}›`),
  };
}

/**
 * The bytes that a value of a Secret's `data` stands for: decoded when it is base64 as Kubernetes reads it (standard
 * alphabet, padded; line breaks allowed), as it is otherwise.
 */
export function decodeData(value: string): string | Uint8Array {
  const compact = value.replace(/[\r\n]/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return value;
  return Buffer.from(compact, "base64");
}
