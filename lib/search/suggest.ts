import { inSeveralClusters, type Application } from "../model/application.ts";
import { fieldOf, searchFields, type SearchField } from "./application-fields.ts";
import { quoteValue } from "./query.ts";

/** Something to go on with in a search. */
export interface Suggestion {
  /** What the search is when it is taken, and where the caret then stands. */
  readonly text: string;
  readonly caret: number;
  readonly label: string;
  readonly hint: string;
}

const most = 8;

/** What a person may want to type next, at the caret of a search: fields, or the values that a field really has among these rows. */
export function suggest(typed: string, caret: number, items: readonly Application[]): Suggestion[] {
  const { word, start, end } = wordAt(typed, caret);
  const sign = /^[-!]/.test(word) ? word.slice(0, 1) : "";
  const body = word.slice(sign.length);
  const colon = body.indexOf(":");
  const put = (text: string, label: string, hint: string): Suggestion => ({
    text: `${typed.slice(0, start)}${sign}${text}${typed.slice(end)}`,
    caret: start + sign.length + text.length,
    label,
    hint,
  });
  if (colon < 0) {
    return searchFields
      .filter((field) => field.name !== "cluster" || inSeveralClusters(items))
      .filter((field) => [field.name, ...field.also].some((name) => name.startsWith(body.toLowerCase())))
      .slice(0, most)
      .map((field) => put(`${field.name}:`, `${sign}${field.name}:`, field.hint));
  }
  const field = fieldOf(body.slice(0, colon).toLowerCase());
  if (field === undefined) return [];
  // After a comma another value begins.
  const behind = body.slice(colon + 1);
  const kept = behind.startsWith('"') ? "" : behind.slice(0, behind.lastIndexOf(",") + 1);
  const begun = behind.slice(kept.length).replaceAll('"', "").toLowerCase();
  const ends = typed.slice(end).startsWith(" ") ? "" : " ";
  return valuesOf(field, items)
    .filter(([value]) => value.toLowerCase().includes(begun))
    .toSorted(([a], [b]) => Number(b.toLowerCase().startsWith(begun)) - Number(a.toLowerCase().startsWith(begun)))
    .slice(0, most)
    .map(([value, count]) => {
      const text = `${field.name}:${kept}${quoteValue(field.words ? value.toLowerCase() : value)}${ends}`;
      return put(text, value, `${count} ${count === 1 ? "application" : "applications"}`);
    });
}

/** The values of a field with how many rows have each: a fixed set in its order, others the commonest first. */
function valuesOf(field: SearchField, items: readonly Application[]): Array<[value: string, count: number]> {
  const counts = new Map<string, number>((field.words ?? []).map((word) => [word, 0]));
  for (const item of items)
    for (const value of new Set(field.of(item))) counts.set(value, (counts.get(value) ?? 0) + 1);
  const all = [...counts];
  return field.words ? all : all.toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
}

function wordAt(typed: string, caret: number): { word: string; start: number; end: number } {
  let start = caret;
  let end = caret;
  while (start > 0 && !/\s/.test(typed[start - 1] ?? "")) start -= 1;
  while (end < typed.length && !/\s/.test(typed[end] ?? "")) end += 1;
  return { word: typed.slice(start, end), start, end };
}
