import type { Connection, Limit } from "#lib/api/connection-contract.ts";
import type { GroupKind, KindState } from "#server/kube/store.ts";
import type { ReflectorState } from "#server/kube/reflector-options.ts";

/** One reflector's state: of one watch in one scope. */
export interface ScopeState {
  readonly namespace?: string;
  readonly state: ReflectorState;
}

/**
 * How well a kind is known, from the states of all its reflectors: the worst that is not a matter of permission decides, and a kind
 * that is refused everywhere is forbidden.
 */
export function combineStates(scopes: readonly ScopeState[]): KindState {
  if (scopes.length === 0) return { state: "forbidden" };
  const disconnected = scopes.find(({ state }) => state.state === "disconnected" || state.state === "unauthenticated");
  if (disconnected) {
    return { state: "disconnected", message: "message" in disconnected.state ? disconnected.state.message : "" };
  }
  if (scopes.some(({ state }) => state.state === "syncing")) return { state: "syncing" };
  const readable = scopes.filter(({ state }) => state.state === "synced");
  if (readable.length === 0) {
    return scopes.some(({ state }) => state.state === "forbidden") ? { state: "forbidden" } : { state: "absent" };
  }
  const namespaces = readable.flatMap(({ namespace }) => namespace ?? []);
  return namespaces.length === readable.length
    ? // Two watches of one kind (release records and other Secrets) name the same namespaces.
      { state: "namespaces", namespaces: [...new Set(namespaces)].toSorted() }
    : { state: "synced" };
}

/** How well the server follows the cluster, from the kinds that it watches. `since` is left to the caller. */
export function connectionOf(kinds: readonly KindState[]): Omit<Connection, "since"> {
  const followed = kinds.filter(({ state }) => state !== "absent" && state !== "forbidden");
  const down = followed.filter((kind) => kind.state === "disconnected");
  // One kind in trouble (a broken conversion webhook) is a limit; when most are, it is the way to the cluster.
  if (down.length > 0 && down.length * 2 >= followed.length) {
    return {
      state: "disconnected",
      message: down.find((kind) => "message" in kind)?.message ?? "The API server can't be reached.",
    };
  }
  if (followed.some(({ state }) => state === "syncing")) return { state: "catching-up" };
  return { state: "live" };
}

/** A kind as `kubectl` takes it: `Kustomization.kustomize.toolkit.fluxcd.io`. */
export function kindName({ group, kind }: GroupKind): string {
  return group === "" ? kind : `${kind}.${group}`;
}

/** What this person can't see of a kind; undefined when there is no limit. */
export function limitOf(kind: GroupKind, state: KindState): Limit | undefined {
  const name = kindName(kind);
  switch (state.state) {
    case "forbidden":
      return {
        ...kind,
        reason: "forbidden",
        message: `You may not list ${name} in any namespace that Driftglass knows of.`,
      };
    case "namespaces":
      return {
        ...kind,
        reason: "namespaces",
        namespaces: [...state.namespaces],
        message: `You may list ${name} only in: ${state.namespaces.join(", ")}.`,
      };
    case "disconnected":
      return { ...kind, reason: "unavailable", message: `${name} can't be followed at the moment: ${state.message}` };
    case "synced":
    case "syncing":
    case "absent":
      return undefined;
  }
}
