import type { JsonRecord } from "./json.ts";

/** One step into an object: a field, a position in a list, or the item of a list that has these key values. */
export type PathStep = { readonly field: string } | { readonly index: number } | { readonly keys: JsonRecord };

/** Where a field is. */
export type FieldPath = readonly PathStep[];

/**
 * A path as people read it: `spec.template.spec.containers[name=app].image`, `spec.args[0]`; fields whose name is no plain word
 * stand in brackets: `metadata.annotations[prometheus.io/scrape]`.
 */
export function formatPath(path: FieldPath): string {
  let text = "";
  for (const step of path) {
    if ("index" in step) text += `[${step.index}]`;
    else if ("keys" in step)
      text += `[${Object.entries(step.keys)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(",")}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step.field)) text += text === "" ? step.field : `.${step.field}`;
    else text += `[${step.field}]`;
  }
  return text;
}

/** The name of the nearest field on the way, seen from the end. */
export function lastField(path: FieldPath): string | undefined {
  const step = path.findLast((candidate) => "field" in candidate);
  return step !== undefined && "field" in step ? step.field : undefined;
}
