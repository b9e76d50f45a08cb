import { parseJsonObject } from "./json.ts";
import { isToken } from "./token.ts";
import type { Tokens } from "./token.ts";

/**
 * A function that replaces every occurrence of these secret values in a text by their tokens: plain, base64 (also
 * URL-safe and unpadded), percent-encoded and as JSON writes them; long lines and texts inside of JSON values by themselves too.
 * Values under four characters are left alone: they occur everywhere.
 */
export function createScrubber(values: Iterable<string>, tokens: Tokens): (text: string) => string {
  const replacements = new Map<string, string>();
  for (const value of values) {
    if (value.trim().length < 4 || isToken(value)) continue;
    for (const form of formsOf(value)) replacements.set(form, tokens.token(value));
    for (const part of partsOf(value)) {
      for (const form of formsOf(part)) if (!replacements.has(form)) replacements.set(form, tokens.token(part));
    }
  }
  if (replacements.size === 0) return (text) => text;
  const longestFirst = [...replacements.keys()].sort((a, b) => b.length - a.length);
  // A token is matched first and put back, so that a digest is never taken for a value.
  const pattern = new RegExp(`‹masked [0-9a-f]{8}›|${longestFirst.map(escape).join("|")}`, "g");
  return (text) => text.replace(pattern, (found) => replacements.get(found) ?? found);
}

function formsOf(value: string): Set<string> {
  const base64 = Buffer.from(value).toString("base64");
  const trimmed = value.trim();
  const forms = [value, trimmed, base64, base64.replace(/=+$/, ""), Buffer.from(value).toString("base64url")];
  if (trimmed !== value) forms.push(Buffer.from(trimmed).toString("base64"));
  forms.push(JSON.stringify(value).slice(1, -1), encode(value));
  return new Set(forms.filter((form) => form.length >= 4));
}

function partsOf(value: string): string[] {
  const lines = value.includes("\n") ? value.split(/\r?\n/).map((line) => line.trim()) : [];
  const json = parseJsonObject(value);
  return [
    ...lines.filter((line) => line.length >= 12),
    ...(json ? leavesOf(json).filter((leaf) => leaf.length >= 8) : []),
  ];
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item: unknown) => leavesOf(item))
    : [];
}

function encode(value: string): string {
  // Throws for lone surrogates.
  return value.isWellFormed() ? encodeURIComponent(value) : value;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
