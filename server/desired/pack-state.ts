import type { DesiredObject, DesiredState } from "./desired-state.ts";
import { Packed } from "./packed.ts";

/** What the objects of a state are kept in. */
const objectsOf = new WeakMap<DesiredState, Packed<readonly DesiredObject[]>>();

/**
 * The same desired state with its objects packed: they are looked at when something of them changes or somebody opens the page, which for nearly all of a fleet is hardly ever.
 * Read `objects` once and keep what you got for as long as you work with it.
 *
 * @param known what another view has for the same unit: what is equal is kept once
 */
export function packState(state: DesiredState, known?: DesiredState): DesiredState {
  const { objects: own, ...rest } = state;
  if (own.length === 0) return state;
  const packed = pack(own);
  if (!packed) return state;
  const other = known && objectsOf.get(known);
  const objects = other?.equals(packed) === true ? other : packed;
  const kept: DesiredState = {
    ...rest,
    get objects() {
      return objects.value;
    },
  };
  objectsOf.set(kept, objects);
  return kept;
}

/** Undefined for what is nested too deeply to be written down. */
function pack(objects: readonly DesiredObject[]): Packed<readonly DesiredObject[]> | undefined {
  try {
    return new Packed(objects);
  } catch (fault) {
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}
