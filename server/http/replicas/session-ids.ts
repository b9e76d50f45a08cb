import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveKey } from "../sealer.ts";
import type { SessionIds } from "../session.ts";

/** Ids that any replica knows for its own, so that nobody makes it ask the cluster about sessions that never were. */
export interface SignedIds extends SessionIds {
  isGenuine(id: string): boolean;
}

/** Ids of 256 random bits with a signature by the first of the keys; each of them verifies. */
export function signedIds(secrets: readonly Buffer[]): SignedIds {
  const keys = secrets.map((secret) => deriveKey(secret, "session id"));
  const [newest] = keys;
  if (!newest) throw new Error("signed ids need a key");
  const sign = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest().subarray(0, 16);
  return {
    create() {
      const text = randomBytes(32).toString("base64url");
      return `${text}.${sign(newest, text).toString("base64url")}`;
    },
    isGenuine(id) {
      const [text = "", signature = "", ...more] = id.split(".");
      const given = Buffer.from(signature, "base64url");
      return more.length === 0 && given.length === 16 && keys.some((key) => timingSafeEqual(given, sign(key, text)));
    },
  };
}
