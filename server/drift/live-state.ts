import { resourceKey } from "#lib/model/resource-ref.ts";
import { managersAnnotation } from "#lib/model/annotations.ts";
import type { Reading } from "#server/engines/engine.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StateContext, UnitState } from "./unit-state.ts";

/** A unit's own objects as they are now, as far as this person may read them; not what controllers made of them. Hooks are left out. */
export function liveState(
  { inventory }: Pick<Reading, "inventory">,
  { io: { store }, maskKey }: Pick<StateContext, "io" | "maskKey">,
): UnitState {
  const own = inventory.filter(({ hook, remote }) => hook !== true && remote !== true);
  const live = own.flatMap(({ ref }) => store.get(resourceKey(ref))?.object ?? []);
  const missing = own.length - live.length;
  return {
    state: { key: "live", objects: live.map((object) => ({ object: asWritten(object) })), exactness: "local" },
    documents: [],
    maskKey,
    live: true,
    ...(missing > 0 && {
      note: `${missing === 1 ? "1 object is" : `${missing} objects are`} not there, or you may not read ${missing === 1 ? "it" : "them"}.`,
    }),
  };
}

/** Without what Driftglass itself has noted on it. */
function asWritten(object: KubeObject): KubeObject {
  const { [managersAnnotation]: noted, ...annotations } = object.metadata.annotations ?? {};
  return noted === undefined ? object : { ...object, metadata: { ...object.metadata, annotations } };
}
