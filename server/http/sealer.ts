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

/** AES-256-GCM with a fresh nonce for each value. @param secret at least 32 bytes; one made here lives as long as the process */
export function createSealer(secret: Buffer = randomBytes(32)): Sealer {
  const keyFor = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "driftglass", purpose, 32));
  return {
    seal(purpose, value) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, keyFor(purpose), nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      const decipher = createDecipheriv(algorithm, keyFor(purpose), bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
        return JSON.parse(text.toString("utf8"));
      } catch {
        return undefined;
      }
    },
  };
}
