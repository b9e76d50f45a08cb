import { refOf } from "#lib/diff/manifest-object.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** Objects that are asked about by name, where the rights for their whole namespace don't suffice. */
const mostByName = 200;

/** Objects of a record, as far as a person may read the live ones. */
export interface ReadableObjects {
  readonly objects: readonly KubeObject[];
  /** Keys of those that are left out: the person may not get them, or the cluster serves their kind no more, so that nobody can say. */
  readonly hidden: ReadonlySet<string>;
}

/**
 * Leaves out what this person's own RBAC would refuse: records were written from what others may read. Asked once for each kind and
 * namespace; where that is refused, by name, because RBAC can allow single names. @throws KubeError with status 401
 */
export async function readableObjects(
  objects: readonly KubeObject[],
  access: ClusterAccess,
  discovery: Pick<Discovery, "resolve">,
): Promise<ReadableObjects> {
  const asked = objects.flatMap((object) => {
    const { group, kind, namespace, name } = refOf(object);
    const resource = discovery.resolve({ group, kind });
    if (!resource) return [];
    const where = resource.namespaced && namespace !== undefined ? { namespace } : {};
    return [{ object, attributes: { verb: "get", group, resource: resource.plural, ...where }, name }];
  });
  const whole = await access.review(asked.map(({ attributes }) => attributes));
  const refused = asked.filter((_, index) => whole[index]?.allowed !== true).slice(0, mostByName);
  const single = await access.review(refused.map(({ attributes, name }) => ({ ...attributes, name })));
  const allowed = new Set([
    ...asked.filter((_, index) => whole[index]?.allowed === true).map(({ object }) => object),
    ...refused.filter((_, index) => single[index]?.allowed === true).map(({ object }) => object),
  ]);
  const hidden = objects.filter((object) => !allowed.has(object)).map((object) => resourceKey(refOf(object)));
  return { objects: objects.filter((object) => allowed.has(object)), hidden: new Set(hidden) };
}
