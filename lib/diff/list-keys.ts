import { lastField, type FieldPath } from "./field-path.ts";
import { isRecord, type JsonRecord } from "./json.ts";

/** How the items of a list are told apart: by these fields of an item, with these defaults. */
interface ListKey {
  readonly fields: readonly string[];
  readonly defaults?: JsonRecord;
}

const byName: ListKey = { fields: ["name"] };
const containerPort: ListKey = { fields: ["containerPort", "protocol"], defaults: { protocol: "TCP" } };
const servicePort: ListKey = { fields: ["port", "protocol"], defaults: { protocol: "TCP" } };

/** Lists of built-in kinds and their merge keys. Source: the `x-kubernetes-list-map-keys` of Kubernetes' OpenAPI document. */
const keysOfList: Readonly<Record<string, readonly ListKey[]>> = {
  containers: [byName],
  initContainers: [byName],
  ephemeralContainers: [byName],
  env: [byName],
  volumes: [byName],
  volumeMounts: [{ fields: ["mountPath"] }],
  volumeDevices: [{ fields: ["devicePath"] }],
  ports: [containerPort, servicePort],
  imagePullSecrets: [byName],
  secrets: [byName],
  resourceClaims: [byName],
  hostAliases: [{ fields: ["ip"] }],
  topologySpreadConstraints: [{ fields: ["topologyKey", "whenUnsatisfiable"] }],
  schedulingGates: [byName],
  conditions: [{ fields: ["type"] }],
  ownerReferences: [{ fields: ["uid"] }],
  webhooks: [byName],
  validations: [byName],
  parentRefs: [],
};

/** Lists that are sets of scalars: order means nothing, and other managers may add to them. */
const sets = new Set(["finalizers"]);

/** Whether the list at this path is a set of scalars. */
export function isSet(path: FieldPath): boolean {
  const field = lastField(path);
  return field !== undefined && sets.has(field);
}

/**
 * The key values of each item of a list, in order, if the list at this path is a map by keys and its items have distinct ones.
 * Undefined: the list is compared by position.
 */
export function itemKeys(items: readonly unknown[], path: FieldPath): JsonRecord[] | undefined {
  const field = lastField(path);
  const candidates = field !== undefined && Object.hasOwn(keysOfList, field) ? keysOfList[field] : undefined;
  for (const key of candidates ?? []) {
    const keys = items.map((item) => keyOf(item, key));
    const complete = keys.filter((item) => item !== undefined);
    if (complete.length === items.length && new Set(complete.map(keyText)).size === items.length) return complete;
  }
  return undefined;
}

/** Key values as one string, equal for equal keys. */
export function keyText(keys: JsonRecord): string {
  return JSON.stringify(Object.entries(keys).map(([name, value]) => [name, String(value)]));
}

function keyOf(item: unknown, { fields, defaults }: ListKey): JsonRecord | undefined {
  if (!isRecord(item)) return undefined;
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = item[field] ?? defaults?.[field];
    if (typeof value !== "string" && typeof value !== "number") return undefined;
    values[field] = value;
  }
  return values;
}
