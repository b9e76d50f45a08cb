/** An object as an inventory names it; without a namespace it is cluster-scoped. The core group is empty. */
export type InventoryRef = { namespace?: string; name: string; group: string; kind: string };

/**
 * Reads an id of Flux's `status.inventory.entries[]`: `namespace_name_group_kind`. The first `_` ends the namespace,
 * the last one starts the kind and the one before it the group, so only the name may hold more; there `__` stands for
 * `:`, as in the names of RBAC objects. Undefined for what is no such id.
 * Source: kubernetes-sigs/cli-utils `pkg/object/objmetadata.go`.
 */
export function parseInventoryId(id: string): InventoryRef | undefined {
  const nameStart = id.indexOf("_") + 1;
  const kindStart = id.lastIndexOf("_") + 1;
  const groupStart = kindStart < 2 ? 0 : id.lastIndexOf("_", kindStart - 2) + 1;
  const hasThreeSeparators = nameStart > 0 && groupStart > nameStart;
  const name = hasThreeSeparators ? id.slice(nameStart, groupStart - 1) : "";
  const kind = id.slice(kindStart);
  if (name === "" || kind === "") return undefined;
  const ref = {
    name: name.includes("__") ? name.replaceAll("__", ":") : name,
    group: id.slice(groupStart, kindStart - 1),
    kind,
  };
  return nameStart === 1 ? ref : { namespace: id.slice(0, nameStart - 1), ...ref };
}

/** The inventory id of an object: what parseInventoryId reads. */
export function formatInventoryId({ namespace = "", name, group, kind }: InventoryRef): string {
  return `${namespace}_${name.replaceAll(":", "__")}_${group}_${kind}`;
}
