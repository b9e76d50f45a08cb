/** What the scenario reads of a Kubernetes object; anything else is reached through {@link field}. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** One entry of `status.conditions`. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The value at a path such as `spec.template.spec.containers.0.image`; numbers are list indexes, `[name=app]` finds a
 * list entry and `["a.b/c"]` a key with dots. Undefined where the path leads nowhere.
 */
export function field(object: unknown, path: string): unknown {
  let value: unknown = object;
  for (const part of path.matchAll(/\[(\w+)=([^\]]+)\]|\["([^"]+)"\]|([^.[\]]+)/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    const [, key, wanted, quoted, plain] = part;
    if (key !== undefined) {
      value = Array.isArray(value) ? (value as unknown[]).find((entry) => field(entry, key) === wanted) : undefined;
    } else {
      value = (value as Record<string, unknown>)[quoted ?? plain ?? ""];
    }
  }
  return value;
}

/** The value at a path as text; undefined where the path leads nowhere. */
export function fieldText(object: unknown, path: string): string | undefined {
  const value = field(object, path);
  if (value === undefined || typeof value === "string") return value;
  return JSON.stringify(value);
}

/** A condition of an object by its type. */
export function condition(object: KubeObject, type: string): Condition | undefined {
  const conditions = field(object, "status.conditions");
  return Array.isArray(conditions) ? (conditions as Condition[]).find((entry) => entry.type === type) : undefined;
}

/** Whether the controller has seen the newest spec and says Ready. */
export function isReady(object: KubeObject): boolean {
  return isObserved(object) && condition(object, "Ready")?.status === "True";
}

/** Whether the controller has worked on the newest spec and is not at work any more. */
export function isObserved(object: KubeObject): boolean {
  const generation = object.metadata.generation;
  return (
    field(object, "status.observedGeneration") === generation && condition(object, "Reconciling")?.status !== "True"
  );
}
