import { isRecord, type JsonRecord } from "#lib/diff/json.ts";
import type { KubeObject, ManagedFieldsEntry } from "#server/kube/object.ts";

/** What a server-side apply has left: the fields that its manager still owns, and those that somebody else has written since. */
export interface AppliedFields {
  /** The object with nothing but what the apply owns, at the values that it has. */
  readonly object: KubeObject;
  /** Who has written to it since by other means than apply, and which fields: what was applied there is not recorded. */
  readonly taken: readonly { readonly manager: string; readonly fields: readonly string[] }[];
}

/** Writers of status, defaults and bookkeeping: what they set was never in a person's manifest. */
const machinery = /^(?:kube-|kubelet|kwok|cloud-controller|driftglass$)|-controller(?:-manager)?$/;

/**
 * What kubectl has applied server-side, as far as managed fields tell: an apply owns its fields as long as nobody writes another value to
 * them; then they are the other's, and what was applied there is gone. Undefined where kubectl has not applied it so.
 * Source: Kubernetes "Server-Side Apply" (conflicts, ownership), structured-merge-diff `fieldpath/serialize.go`.
 */
export function appliedFields(live: KubeObject): AppliedFields | undefined {
  const entries = live.metadata.managedFields ?? [];
  const applies = entries.filter(isApply);
  if (applies.length === 0) return undefined;
  const { apiVersion, kind, metadata } = live;
  const owned = applies.reduce<unknown>((all, { fieldsV1 }) => merge(all, fieldsV1), {});
  const object = project(live, owned);
  const own = isRecord(object) ? object : {};
  const { name, namespace } = metadata;
  const kept = isRecord(own["metadata"]) ? own["metadata"] : {};
  return {
    object: {
      ...own,
      apiVersion,
      kind,
      metadata: { ...kept, name, ...(namespace !== undefined && { namespace }) },
    },
    taken: entries
      .filter((entry) => entry.operation === "Update" && entry.subresource !== "status" && !isMachinery(entry))
      .map(({ manager = "", fieldsV1 }) => ({ manager, fields: leaves(fieldsV1) }))
      .filter(({ fields }) => fields.length > 0),
  };
}

function isApply({ manager, operation, subresource }: ManagedFieldsEntry): boolean {
  return operation === "Apply" && (subresource ?? "") === "" && /^kubectl(?:-|$)/.test(manager ?? "");
}

function isMachinery({ manager }: ManagedFieldsEntry): boolean {
  return machinery.test(manager ?? "");
}

/** The part of a value that a field set names; a set without members is all of the value. */
function project(value: unknown, fields: unknown): unknown {
  if (!isRecord(fields)) return undefined;
  const members = Object.entries(fields).filter(([key]) => key !== ".");
  if (members.length === 0) return value;
  if (isRecord(value)) {
    return Object.fromEntries(
      members.flatMap(([key, rest]) => {
        const name = key.startsWith("f:") ? key.slice(2) : undefined;
        return name !== undefined && name in value ? [[name, project(value[name], rest)]] : [];
      }),
    );
  }
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown, index) => {
    const rest = members.find(([key]) => names(key, item, index))?.[1];
    return rest === undefined ? [] : [project(item, rest)];
  });
}

/** Whether a member of a list's set names this item: by its keys, its value or its place. */
function names(key: string, item: unknown, index: number): boolean {
  if (key === `i:${index}`) return true;
  const described = parse(key.slice(2));
  if (key.startsWith("v:")) return described === item;
  if (!key.startsWith("k:") || !isRecord(described) || !isRecord(item)) return false;
  // A key that is left to its default stands in the set, but need not in the object: the API server writes defaults.
  return Object.entries(described).every(([name, value]) => item[name] === value);
}

/** The fields of a set in dotted form, without what stands for whole items: `spec.replicas`, `spec.template.spec.containers[name=app].image`. */
function leaves(fields: unknown, path = ""): string[] {
  if (!isRecord(fields)) return [];
  const members = Object.entries(fields).filter(([key]) => key !== ".");
  if (members.length === 0) return path === "" || path.endsWith("]") ? [] : [path];
  return members.flatMap(([key, rest]) => leaves(rest, step(path, key)));
}

function step(path: string, key: string): string {
  if (key.startsWith("f:")) return path === "" ? key.slice(2) : `${path}.${key.slice(2)}`;
  const described = parse(key.slice(2));
  const words = isRecord(described)
    ? Object.entries(described)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(",")
    : String(described);
  return `${path}[${words}]`;
}

function merge(a: unknown, b: unknown): unknown {
  if (!isRecord(a)) return b;
  if (!isRecord(b)) return a;
  const merged: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) merged[key] = key in a ? merge(a[key], value) : value;
  return merged;
}

function parse(text: string): JsonRecord | string | number | boolean | undefined {
  try {
    return JSON.parse(text) as JsonRecord | string | number | boolean;
  } catch {
    return undefined;
  }
}
