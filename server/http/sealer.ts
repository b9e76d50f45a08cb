import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Seals values so that whoever holds one can neither read nor change it. */
export interface Sealer {
  /** @param purpose a value that was sealed for one purpose can't be opened for another */
  seal(purpose: string, value: unknown): string;
  /** The value; undefined for everything that was not sealed so. */
  open(purpose: string, sealed: string): unknown;
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with a fresh nonce for each value.
 * @param secrets at least 32 bytes each: the first one seals, each of them opens, so that a new one can be put first while the old one still
 * opens what it has sealed. One that is made here lives as long as the process.
 */
export function createSealer(secrets: readonly Buffer[] = [randomBytes(32)]): Sealer {
  const [newest] = secrets;
  if (!newest) throw new Error("a sealer needs a key");
  return {
    seal(purpose, value) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, deriveKey(newest, purpose), nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      for (const secret of secrets) {
        const text = decrypt(bytes, deriveKey(secret, purpose));
        if (text !== undefined) return JSON.parse(text);
      }
      return undefined;
    },
  };
}

/** A key of 32 bytes for one purpose. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "driftglass", purpose, 32));
}

/** The text; undefined when it was changed, or encrypted with another key. */
function decrypt(bytes: Buffer, key: Buffer): string | undefined {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return text.toString("utf8");
  } catch {
    return undefined;
  }
}
