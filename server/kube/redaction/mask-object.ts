import { isRecord, parseJsonObject } from "./json.ts";
import { isSecret, maskAny, maskSecret, maskValues } from "./mask-secret.ts";
import type { Tokens } from "./token.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What masking an object needs beyond tokens: how to mask texts in it. */
export interface ObjectMasking {
  readonly tokens: Tokens;
  /** For error texts and other messages. */
  readonly maskMessage: (text: string) => string;
  /** For any other text: only embedded Secrets matter. */
  readonly maskEmbedded: (text: string) => string;
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const namesSecretKind = /kind\\*"\s*:\s*\\*"[^"]*secret/i;
const messages = new Set(["message", "error", "lastError", "description", "note", "output"]);

/** An object of any kind (also a list of them) with the Secrets in it masked; the same object when there are none. */
export function maskFields(fields: Fields, masking: ObjectMasking): Fields {
  if (isSecret(fields)) return maskSecret(fields, masking.tokens);
  return walkRecord(fields, masking);
}

function walkRecord(record: Fields, masking: ObjectMasking): Fields {
  if (isEmbeddedSecret(record)) return maskSecret(record, masking.tokens);
  const kind = record["kind"];
  if (typeof kind === "string") {
    if (/^\s*secretlist\s*$/i.test(kind)) return maskSecretList(record, masking);
    if (kind === "SealedSecret") return walkEntries(withTemplate(record, masking), masking);
    if (kind === "ConfigMap" && isHelmRecord(record)) {
      return walkEntries(withMaskedValues(record, ["data", "binaryData"], masking), masking);
    }
  }
  return walkEntries(record, masking);
}

function walkEntries(record: Fields, masking: ObjectMasking): Fields {
  let copy: Record<string, unknown> | undefined;
  for (const key in record) {
    const value = record[key];
    const masked = walk(value, key, masking);
    if (masked !== value) {
      copy ??= { ...record };
      copy[key] = masked;
    }
  }
  return copy ?? record;
}

function walk(value: unknown, key: string, masking: ObjectMasking): unknown {
  if (typeof value === "string") {
    if (key === lastApplied) return maskApplied(value, masking);
    if (messages.has(key)) return masking.maskMessage(value);
    return value.length > 12 && /secret/i.test(value) ? masking.maskEmbedded(value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (isRecord(value)) return walkRecord(value, masking);
  if (!Array.isArray(value)) return value;
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    const masked = walk(item, key, masking);
    if (masked !== item) {
      copy ??= [...(value as unknown[])];
      copy[index] = masked;
    }
  }
  return copy ?? value;
}

/** What names a Secret (`valuesFrom`, inventories, events) is not one: it has neither values nor metadata. */
function isEmbeddedSecret(record: Fields): boolean {
  if (!isSecret(record)) return false;
  return "data" in record || "stringData" in record || ("apiVersion" in record && "metadata" in record);
}

function maskApplied(text: string, masking: ObjectMasking): string {
  // Parsing it costs more than all the rest: not where no kind in it has to do with Secrets.
  if (!namesSecretKind.test(text) && !text.includes("\\u00") && /^\s*\{[\s\S]*\}\s*$/.test(text)) return text;
  const applied = parseJsonObject(text);
  if (!applied) return masking.tokens.token(text);
  const masked = maskFields(applied, masking);
  return masked === applied ? text : JSON.stringify(masked);
}

function maskSecretList(record: Fields, masking: ObjectMasking): Fields {
  const { items } = record;
  const masked = Array.isArray(items)
    ? items.map((item: unknown) => (isRecord(item) ? maskSecret(item, masking.tokens) : maskAny(item, masking.tokens)))
    : maskAny(items, masking.tokens);
  return { ...record, items: masked };
}

/** A SealedSecret's `encryptedData` is meant to be public; the plain values of its template are not. */
function withTemplate(record: Fields, masking: ObjectMasking): Fields {
  const { spec } = record;
  if (!isRecord(spec) || !isRecord(spec["template"])) return record;
  return {
    ...record,
    spec: { ...spec, template: withMaskedValues(spec["template"], ["data", "stringData"], masking) },
  };
}

function withMaskedValues(record: Fields, fields: readonly string[], masking: ObjectMasking): Fields {
  const masked = fields
    .filter((field) => field in record)
    .map((field): [string, unknown] => [field, maskValues(record[field], masking.tokens, false)]);
  return { ...record, ...Object.fromEntries(masked) };
}

/** A release record of Helm's ConfigMap driver: a compressed chart with all its values and Secrets. */
function isHelmRecord(record: Fields): boolean {
  const { metadata } = record;
  if (!isRecord(metadata)) return false;
  const { labels } = metadata;
  return (isRecord(labels) && labels["owner"] === "helm") || String(metadata["name"]).startsWith("sh.helm.release.v1.");
}
