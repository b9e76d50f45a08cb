import {
  createCipheriv,
  createHash,
  createHmac,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import { valueToYaml } from "#lib/diff/to-yaml.ts";

/** A key of age: what decrypts (kustomize-controller takes it from a Secret) and what is encrypted for. */
export interface AgeKey {
  readonly identity: string;
  readonly recipient: string;
  readonly publicKey: KeyObject;
}

/** A new key. Source: age-encryption.org/v1 (identities are Bech32 of an X25519 key). */
export function newAgeKey(): AgeKey {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  return {
    identity: bech32("age-secret-key-", rawKey(privateKey, "d")).toUpperCase(),
    recipient: bech32("age", rawKey(publicKey, "x")),
    publicKey,
  };
}

/** A Secret whose `stringData` is encrypted as `sops` does it with `--encrypted-regex '^(data|stringData)$'`. Source: sops `aes/cipher.go`, `sops.go`. */
export function sopsSecret(name: string, stringData: Readonly<Record<string, string>>, key: AgeKey): string {
  const dataKey = randomBytes(32);
  const lastModified = "2026-01-01T00:00:00Z";
  const plain = ["v1", "Secret", name, ...Object.values(stringData)];
  const digest = createHash("sha512").update(plain.join("")).digest("hex").toUpperCase();
  return valueToYaml({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name },
    stringData: Object.fromEntries(
      Object.entries(stringData).map(([field, value]) => [field, sealed(value, `stringData:${field}:`, dataKey)]),
    ),
    sops: {
      age: [{ recipient: key.recipient, enc: armored(ageEncrypt(dataKey, key)) }],
      lastmodified: lastModified,
      mac: sealed(digest, lastModified, dataKey),
      encrypted_regex: "^(data|stringData)$",
      version: "3.13.2",
    },
  });
}

function sealed(value: string, about: string, key: Buffer): string {
  const nonce = randomBytes(32);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(about));
  const data = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  const parts = { data, iv: nonce, tag: cipher.getAuthTag() };
  const words = Object.entries(parts).map(([part, bytes]) => `${part}:${bytes.toString("base64")}`);
  return `ENC[AES256_GCM,${words.join(",")},type:str]`;
}

function ageEncrypt(content: Buffer, { publicKey }: AgeKey): Buffer {
  const fileKey = randomBytes(16);
  const ephemeral = generateKeyPairSync("x25519");
  const share = rawKey(ephemeral.publicKey, "x");
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey });
  const salt = Buffer.concat([share, rawKey(publicKey, "x")]);
  const wrapped = chacha(derive(shared, salt, "age-encryption.org/v1/X25519"), Buffer.alloc(12), fileKey);
  const header = `age-encryption.org/v1\n-> X25519 ${unpadded(share)}\n${unpadded(wrapped)}\n---`;
  const mac = createHmac("sha256", derive(fileKey, Buffer.alloc(0), "header"))
    .update(header)
    .digest();
  const nonce = randomBytes(16);
  // One chunk, which is the last: a counter of zero and the mark.
  const chunk = chacha(derive(fileKey, nonce, "payload"), Buffer.from([...Buffer.alloc(11), 1]), content);
  return Buffer.concat([Buffer.from(`${header} ${unpadded(mac)}\n`), nonce, chunk]);
}

function chacha(key: Buffer, nonce: Buffer, content: Buffer): Buffer {
  const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function derive(key: Buffer, salt: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, info, 32));
}

function armored(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN AGE ENCRYPTED FILE-----", ...lines, "-----END AGE ENCRYPTED FILE-----", ""].join("\n");
}

function rawKey(key: KeyObject, part: "d" | "x"): Buffer {
  return Buffer.from(key.export({ format: "jwk" })[part] ?? "", "base64url");
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

/** Bech32 (BIP 173). */
function bech32(prefix: string, bytes: Buffer): string {
  const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const words = (bits.match(/.{1,5}/g) ?? []).map((word) => Number.parseInt(word.padEnd(5, "0"), 2));
  const codes = [...Buffer.from(prefix)];
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...words];
  const sum =
    [...expanded, 0, 0, 0, 0, 0, 0].reduce((checksum, value) => {
      const top = checksum >>> 25;
      const next = ((checksum & 0x1ffffff) << 5) ^ value;
      return [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].reduce(
        (mixed, generator, bit) => (((top >>> bit) & 1) === 1 ? mixed ^ generator : mixed),
        next,
      );
    }, 1) ^ 1;
  const checksum = [0, 1, 2, 3, 4, 5].map((place) => (sum >>> (5 * (5 - place))) & 31);
  return `${prefix}1${[...words, ...checksum].map((word) => alphabet[word]).join("")}`;
}
