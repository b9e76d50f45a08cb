import { parseAllDocuments, stringify } from "yaml";
import type { Document, ParseOptions, DocumentOptions, SchemaOptions, Tags } from "yaml";
import type { KubeObject } from "../object.ts";
import { isRecord } from "./json.ts";
import { unreadable } from "./token.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * YAML as Helm and kubectl read it (sigs.k8s.io/yaml): 1.1 with `yes` and `on` as booleans, but no dates and no base-60
 * numbers; a key that stands twice is no error, the last one counts.
 */
const options: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  schema: "yaml-1.1",
  merge: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
  customTags: (tags: Tags) =>
    tags.filter(
      (tag) =>
        typeof tag === "string" ||
        (tag.tag !== "tag:yaml.org,2002:timestamp" && !("format" in tag && tag.format === "TIME")),
    ),
};

/**
 * Masks each document of a YAML stream. A document that can't be read, or is no Kubernetes object, is replaced whole: what a broken
 * one holds can't be known. Documents without a Secret keep their text.
 */
export function maskDocuments(
  yamlText: string,
  maskFields: (fields: Fields) => Fields,
): { objects: KubeObject[]; text: string } {
  const objects: KubeObject[] = [];
  const texts: string[] = [];
  for (const source of splitDocuments(yamlText)) {
    const values = readDocument(source);
    if (values === undefined) texts.push(`# ${unreadable}\n`);
    else if (values !== null) {
      const masked = maskFields(values);
      const mention = /kind["']?\s*:\s*(?:["']\s*)?secret/i.test(source);
      texts.push(
        masked === values && !mention
          ? withNewline(source)
          : comments(source) + stringify(masked, { version: "1.1", aliasDuplicateObjects: false, lineWidth: 0 }),
      );
      const object = toObject(masked);
      if (object)
        objects.push(
          ...(object.kind.endsWith("List") && Array.isArray(object["items"]) ? itemsOf(object["items"]) : [object]),
        );
    }
  }
  return { objects, text: texts.join("---\n") };
}

/** Cuts at lines that start with `---`, as YAML does wherever they stand; so one broken document does not spoil the others. */
function splitDocuments(text: string): string[] {
  return text.split(/^---(?:[ \t]+[^\n]*)?[ \t]*\r?(?:\n|$)/m).filter((source) => source.trim() !== "");
}

/** The document's object; null for one without content, undefined for one that can't be read or is no Kubernetes object. */
function readDocument(source: string): Fields | null | undefined {
  try {
    const documents = parseAllDocuments(source, options) as Document.Parsed[];
    const document = documents[0];
    if (!document) return null;
    if (documents.length > 1 || document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) return null;
    return isRecord(value) && typeof value["kind"] === "string" && typeof value["apiVersion"] === "string"
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

/** Helm's `# Source: …` line; other comments of a document with a Secret may hold anything. */
function comments(source: string): string {
  const line = /^# Source: [\w./@+-]+[ \t]*\r?$/m.exec(source);
  return line ? `${line[0].trimEnd()}\n` : "";
}

function itemsOf(items: readonly unknown[]): KubeObject[] {
  return items.flatMap((item) => (isRecord(item) ? (toObject(item) ?? []) : []));
}

function toObject(fields: Fields): KubeObject | undefined {
  const { apiVersion, kind, metadata } = fields;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  if (kind.endsWith("List") && Array.isArray(fields["items"]))
    return { ...fields, apiVersion, kind, metadata: { name: "" } };
  if (!isRecord(metadata)) return undefined;
  const { name } = metadata;
  return typeof name === "string" && name !== ""
    ? { ...fields, apiVersion, kind, metadata: { ...metadata, name } }
    : undefined;
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
