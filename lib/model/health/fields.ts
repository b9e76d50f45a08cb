/**
 * Reading of unknown-shaped JSON. Whatever a cluster sends, these answer a value of the asked type or its absence;
 * none throws, so no malformed status can break a watch.
 */
export type Fields = Readonly<Record<string, unknown>>;

const nothing: Fields = Object.freeze({});
const emptyList: readonly unknown[] = Object.freeze([]);

/** The value as an object; an empty one if it is anything else. */
export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : nothing;
}

/** The value as a list; an empty one if it is anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : emptyList;
}

/** The value as text; empty if it is anything else. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The value as a number (a numeric string counts, as Argo Rollouts writes one); the fallback if it is anything else. */
export function count(value: unknown, fallback = 0): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return fallback;
  const parsed = Number(value);
  return Number.isNaN(parsed) ? fallback : parsed;
}

/** What is at the path, or undefined. */
export function at(object: unknown, path: readonly string[]): unknown {
  let value = object;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

/** One entry of `conditions`, as unknown-shaped as the rest. */
export type Condition = Fields;

/** The entries of `status.conditions`. */
export function conditionsOf(object: Fields): readonly unknown[] {
  return list(fields(object["status"])["conditions"]);
}

/** The first condition of the type, if there is one. */
export function findCondition(conditions: readonly unknown[], type: string): Condition | undefined {
  for (const entry of conditions) {
    const condition = fields(entry);
    if (condition["type"] === type) return condition;
  }
  return undefined;
}

/** The API group of an object; empty for the core group. */
export function groupOf(object: Fields): string {
  const apiVersion = text(object["apiVersion"]);
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}
