import { parseJsonObject } from "./json.ts";
import { decodeData, isToken } from "./token.ts";
import type { Tokens } from "./token.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What of a core Secret is no secret. Everything else is masked, misspelt fields included. */
const openFields = new Set(["apiVersion", "kind", "metadata", "type", "immutable"]);

/** Annotations in which tools keep their own compressed or encoded copy of the object that they applied. */
const copies = new Set([
  "objectset.rio.cattle.io/applied",
  "banzaicloud.com/last-applied",
  "kapp.k14s.io/original",
  "kapp.k14s.io/original-diff",
  "kopf.zalando.org/last-handled-configuration",
]);

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** Whether this is a Secret, or something that calls itself one, however badly written. */
export function isSecret(value: Fields): boolean {
  const kind = value["kind"];
  return typeof kind === "string" && kind.trim().toLowerCase() === "secret";
}

/**
 * A Secret with its values as tokens. `data` is decoded first, so that it equals the same value in `stringData`. Values that have no
 * business there (numbers, lists, a `data` that is a text) are masked whole.
 *
 * The core Secret's fields are an allow list; a Secret of another API group keeps its other fields.
 */
export function maskSecret(secret: Fields, tokens: Tokens): Fields {
  const masked: Record<string, unknown> = {};
  const apiVersion = secret["apiVersion"];
  const core = typeof apiVersion !== "string" || !apiVersion.includes("/");
  for (const [field, value] of Object.entries(secret)) {
    if (field === "data") masked[field] = maskValues(value, tokens, true);
    else if (field === "stringData") masked[field] = maskValues(value, tokens, false);
    else if (field === "metadata") masked[field] = maskMetadata(value, tokens, rawValues(secret));
    else masked[field] = openFields.has(field) || !core ? value : maskAny(value, tokens);
  }
  return masked;
}

/** A map of values with each value as its token; anything but a map becomes one token. */
export function maskValues(values: unknown, tokens: Tokens, encoded: boolean): unknown {
  if (values === null || values === undefined) return values;
  if (typeof values !== "object" || Array.isArray(values)) return maskAny(values, tokens);
  return Object.fromEntries(
    Object.entries(values).map(([key, value]: [string, unknown]): [string, unknown] => [
      key,
      typeof value === "string" && !isToken(value) && encoded
        ? tokens.token(decodeData(value))
        : maskAny(value, tokens),
    ]),
  );
}

/** One token for whatever this is. Nothing stays nothing. */
export function maskAny(value: unknown, tokens: Tokens): unknown {
  if (value === null || value === undefined) return value;
  return tokens.token(typeof value === "string" ? value : JSON.stringify(value));
}

function maskMetadata(metadata: unknown, tokens: Tokens, raw: readonly string[]): unknown {
  if (typeof metadata !== "object" || metadata === null) return maskAny(metadata, tokens);
  const annotations: unknown = (metadata as Fields)["annotations"];
  if (annotations === undefined || annotations === null) return metadata;
  if (typeof annotations !== "object" || Array.isArray(annotations)) {
    return { ...metadata, annotations: maskAny(annotations, tokens) };
  }
  const masked = Object.entries(annotations).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    maskAnnotation(name, value, tokens, raw),
  ]);
  return { ...metadata, annotations: Object.fromEntries(masked) };
}

function maskAnnotation(name: string, value: unknown, tokens: Tokens, raw: readonly string[]): unknown {
  if (typeof value !== "string") return maskAny(value, tokens);
  if (name === lastApplied) {
    const applied = parseJsonObject(value);
    // What was applied to a Secret is a Secret, whatever it calls itself.
    return applied
      ? JSON.stringify(maskSecret({ ...applied, kind: applied["kind"] ?? "Secret" }, tokens))
      : tokens.token(value);
  }
  const suspicious = copies.has(name) || /^\s*[{[]/.test(value) || /[A-Za-z0-9+/]{128}/.test(value);
  return suspicious || raw.some((secret) => value.includes(secret)) ? tokens.token(value) : value;
}

function rawValues(secret: Fields): string[] {
  const found: string[] = [];
  for (const field of ["data", "stringData"]) {
    const values = secret[field];
    if (typeof values !== "object" || values === null) continue;
    for (const value of Object.values(values) as unknown[]) {
      if (typeof value !== "string" || value.length < 4) continue;
      found.push(value);
      const decoded =
        field === "data" ? Buffer.from(decodeData(value)).toString("utf8") : Buffer.from(value).toString("base64");
      if (decoded.length >= 4) found.push(decoded);
    }
  }
  return found;
}
