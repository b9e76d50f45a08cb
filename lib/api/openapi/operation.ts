import type { schemas } from "../contract.ts";

/** A component that an operation may name. */
export type SchemaName = keyof typeof schemas;

/** One parameter of a call. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly description: string;
  readonly required?: boolean;
  readonly schema: object;
}

/** One call, as the table of them tells it. */
export interface Operation {
  readonly summary: string;
  readonly answer: SchemaName | { readonly type: string; readonly description: string };
  readonly status?: number;
  readonly body?: SchemaName;
  readonly parameters?: readonly Parameter[];
  /** Needs no session. */
  readonly open?: boolean;
}

/** The calls, by path and method. */
export type Operations = Readonly<Record<string, Readonly<Partial<Record<"get" | "post" | "delete", Operation>>>>>;

/** Any text. */
export const text = { type: "string" } as const;

/** A parameter behind the question mark. */
export const query = (name: string, description: string, schema: object = text, required = false): Parameter => ({
  name,
  in: "query",
  description,
  schema,
  ...(required ? { required } : {}),
});

/** A parameter that is a part of the path. */
export const path = (name: string, description: string, schema: object = text): Parameter => ({
  name,
  in: "path",
  description,
  required: true,
  schema,
});

/** `true` or `false`. */
export const boolean = { type: "boolean" } as const;

/** What nearly every call takes. */
export const cluster = query("cluster", "Which cluster, where the session has several.");

/** The same, where all can be asked at once. */
export const anyCluster = query("cluster", "Which cluster, where the session has several; `*` for all of them.");

/** Points to a component. */
export function ref(name: SchemaName): object {
  return { $ref: `#/components/schemas/${name}` };
}
