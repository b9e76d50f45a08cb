import type { GroupKind } from "#server/kube/store.ts";

/** Which units look at which objects, both ways, so that one event touches only the units that it concerns. */
export class UnitIndex {
  readonly #unitsByObject = new Map<string, Set<string>>();
  readonly #unitsByKind = new Map<string, Set<string>>();
  readonly #objectsByUnit = new Map<string, ReadonlySet<string>>();

  /** Makes `objects` (keys) what this unit looks at. */
  set(unit: string, objects: ReadonlySet<string>): void {
    const before = this.#objectsByUnit.get(unit);
    for (const key of before ?? []) if (!objects.has(key)) this.#unlink(key, unit);
    for (const key of objects) {
      if (before?.has(key)) continue;
      const kind = key.slice(0, key.indexOf("/", key.indexOf("/") + 1));
      const sameKind = this.#unitsByKind.get(kind);
      if (sameKind) sameKind.add(unit);
      else this.#unitsByKind.set(kind, new Set([unit]));
      const units = this.#unitsByObject.get(key);
      if (units) units.add(unit);
      else this.#unitsByObject.set(key, new Set([unit]));
    }
    this.#objectsByUnit.set(unit, objects);
  }

  /** Forgets a unit. */
  delete(unit: string): void {
    for (const key of this.#objectsByUnit.get(unit) ?? []) this.#unlink(key, unit);
    this.#objectsByUnit.delete(unit);
    for (const units of this.#unitsByKind.values()) units.delete(unit);
  }

  /** The units that look at this object. */
  unitsOf(object: string): Iterable<string> {
    return this.#unitsByObject.get(object) ?? [];
  }

  /** The units that look at objects of this kind, or have done so. */
  unitsOfKind({ group, kind }: GroupKind): Iterable<string> {
    return this.#unitsByKind.get(`${group}/${kind}`) ?? [];
  }

  #unlink(object: string, unit: string): void {
    const units = this.#unitsByObject.get(object);
    units?.delete(unit);
    if (units?.size === 0) this.#unitsByObject.delete(object);
  }
}
