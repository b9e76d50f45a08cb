import { parseAllDocuments } from "yaml";
import { isRecord } from "#lib/diff/json.ts";

/** Values that say nothing: replacing them would spoil every text. */
const trivial = new Set([
  "true",
  "false",
  "null",
  "none",
  "default",
  "http",
  "https",
  "info",
  "admin",
  "root",
  "localhost",
  "opaque",
]);

/**
 * The raw values of the Secrets in manifests, for a scrubber: the only place besides masking that sees them. Documents that can't be read
 * yield nothing (they are shown nowhere either).
 */
export function secretValuesOf(manifests: readonly string[]): string[] {
  const values = new Set<string>();
  for (const manifest of manifests) {
    if (!/kind["']?\s*:\s*["']?\w*secret/i.test(manifest)) continue;
    for (const source of manifest.split(/^---.*$/m)) collect(parse(source), values);
  }
  return [...values].filter((value) => !trivial.has(value.trim().toLowerCase()));
}

function parse(source: string): unknown {
  try {
    return parseAllDocuments(source, { version: "1.1", uniqueKeys: false, logLevel: "silent" }).map(
      (document): unknown => document.toJS({ maxAliasCount: 100 }),
    );
  } catch {
    return undefined;
  }
}

function collect(value: unknown, values: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, values);
    return;
  }
  if (!isRecord(value)) return;
  if (typeof value["kind"] === "string" && /^secret$/i.test(value["kind"].trim())) {
    for (const text of textsOf(value["data"])) values.add(decode(text));
    for (const text of textsOf(value["stringData"])) values.add(text);
  } else if (Array.isArray(value["items"])) {
    collect(value["items"], values);
  }
}

function textsOf(map: unknown): string[] {
  if (!isRecord(map)) return [];
  return Object.values(map).flatMap((value) =>
    typeof value === "string" ? [value] : typeof value === "number" ? [String(value)] : [],
  );
}

function decode(text: string): string {
  const compact = text.replace(/\s/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return text;
  const bytes = Buffer.from(compact, "base64");
  const decoded = bytes.toString("utf8");
  // Binary values occur in no text but in their base64 form.
  return Buffer.from(decoded, "utf8").equals(bytes) ? decoded : compact;
}
