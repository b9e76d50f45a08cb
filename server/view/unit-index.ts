import type { GroupKind } from "#server/kube/store.ts";

/** Which units look at which objects, both ways, so that one event touches only the units that it concerns. */
export class UnitIndex {
  /** Nearly all objects have one unit, for which a set would take six times the room. */
  readonly #unitsByObject = new Map<string, string | Set<string>>();
  readonly #unitsByKind = new Map<string, Set<string>>();
  readonly #objectsByUnit = new Map<string, readonly string[]>();

  /** Makes `objects` (keys) what this unit looks at. */
  set(unit: string, objects: ReadonlySet<string>): void {
    const before = this.#objectsByUnit.get(unit) ?? [];
    let kept = 0;
    for (const key of before) {
      if (objects.has(key)) kept += 1;
      else this.#unlink(key, unit);
    }
    if (kept === objects.size && kept === before.length) return;
    const known = new Set(before);
    for (const key of objects) if (!known.has(key)) this.#link(key, unit);
    this.#objectsByUnit.set(unit, [...objects]);
  }

  /** Forgets a unit. */
  delete(unit: string): void {
    for (const key of this.#objectsByUnit.get(unit) ?? []) this.#unlink(key, unit);
    this.#objectsByUnit.delete(unit);
    for (const units of this.#unitsByKind.values()) units.delete(unit);
  }

  /** The units that look at this object. */
  unitsOf(object: string): Iterable<string> {
    const units = this.#unitsByObject.get(object);
    return typeof units === "string" ? [units] : (units ?? []);
  }

  /** The units that look at objects of this kind, or have done so. */
  unitsOfKind({ group, kind }: GroupKind): Iterable<string> {
    return this.#unitsByKind.get(`${group}/${kind}`) ?? [];
  }

  #link(object: string, unit: string): void {
    const kind = object.slice(0, object.indexOf("/", object.indexOf("/") + 1));
    const sameKind = this.#unitsByKind.get(kind);
    if (sameKind) sameKind.add(unit);
    else this.#unitsByKind.set(kind, new Set([unit]));
    const units = this.#unitsByObject.get(object);
    if (units === undefined) this.#unitsByObject.set(object, unit);
    else if (typeof units === "string") this.#unitsByObject.set(object, new Set([units, unit]));
    else units.add(unit);
  }

  #unlink(object: string, unit: string): void {
    const units = this.#unitsByObject.get(object);
    if (typeof units !== "string") units?.delete(unit);
    if (units === unit || (typeof units === "object" && units.size === 0)) this.#unitsByObject.delete(object);
  }
}
