import { isRecord } from "#lib/diff/json.ts";

/**
 * Keys whose values are taken for secret: everything with password, passphrase, secret, token, credential or private/api/access/… key in it, and the
 * bare words `key`, `pin`, `pwd`, `dsn`, `auth`, `connectionString`.
 */
const sensitive =
  /pass(?:word|wd|phrase|code)|secret|token|credential|(?:private|api|access|secret|signing|encryption|master|license|account|ssh|tls|hmac|root|deploy|shared)[-_.]?key|connection[-_.]?string|htpasswd|dockerconfig|(?:^|[-_.])(?:key|pin|pwd|dsn|auth)$/i;
/** Keys that only name something: an existing Secret, a field in it, a file, a class, a switch, a duration. */
const reference =
  /^existing|(?:name|names|namespace|ref|enabled|create|type|kind|path|file|mount|mountpath|ttl|timeout|expiry|expiration|seconds|lifetime|class|version|length|policy|mode|algorithm|annotations|labels)$|topology[-_]?key|(?:password|username)[-_.]?key$|secrets?keyref|imagepullsecrets/i;

/** Whether the value of a key in Helm values is taken for secret. */
export function isSensitiveKey(key: string): boolean {
  return sensitive.test(key) && !reference.test(key);
}

/**
 * Values with every secret replaced: `token` makes what stands for the value of a sensitive key, and for each text in a map or list under one; `scrub`
 * is applied to all other texts, keys included. Credentials in URLs (`https://user:secret@host`) are replaced wherever they stand.
 */
export function maskValues(
  value: unknown,
  scrub: (text: string) => string,
  token: (text: string) => string,
  inside = false,
): unknown {
  if (typeof value === "string") return inside && value !== "" ? token(value) : scrub(maskUrls(value, token));
  if (Array.isArray(value)) return value.map((item) => maskValues(item, scrub, token, inside));
  if (!isRecord(value)) return value;
  // Kubernetes' way to write `env` in values: the key is data.
  const named = typeof value["name"] === "string" && isSensitiveKey(value["name"]);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const secret = inside ? !reference.test(key) : isSensitiveKey(key) || (named && key === "value");
      if (secret && typeof item === "number") return [scrub(key), token(String(item))];
      return [scrub(key), maskValues(item, scrub, token, secret)];
    }),
  );
}

function maskUrls(text: string, token: (text: string) => string): string {
  return text.replace(
    /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)([^\s@/]+)@/gi,
    (_match, before: string, password: string) => `${before}${token(password)}@`,
  );
}
