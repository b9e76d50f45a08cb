/** Which units look at which objects, both ways, so that one event touches only the units that it concerns. */
export class UnitIndex {
  readonly #unitsByObject = new Map<string, Set<string>>();
  readonly #objectsByUnit = new Map<string, ReadonlySet<string>>();

  /** Makes `objects` (keys) what this unit looks at. */
  set(unit: string, objects: ReadonlySet<string>): void {
    const before = this.#objectsByUnit.get(unit);
    for (const key of before ?? []) if (!objects.has(key)) this.#unlink(key, unit);
    for (const key of objects) {
      if (before?.has(key)) continue;
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
  }

  /** The units that look at this object. */
  unitsOf(object: string): Iterable<string> {
    return this.#unitsByObject.get(object) ?? [];
  }

  #unlink(object: string, unit: string): void {
    const units = this.#unitsByObject.get(object);
    units?.delete(unit);
    if (units?.size === 0) this.#unitsByObject.delete(object);
  }
}
