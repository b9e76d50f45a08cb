import { refOf } from "#lib/diff/manifest-object.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { withoutValues } from "./local-comparison.ts";
import type { UnitState } from "./unit-state.ts";

/** One side of a comparison, as it can be put beside the other. */
export interface ComparableSide {
  readonly objects: readonly KubeObject[];
  /** Objects of either side that this person may not read. */
  readonly hidden: number;
  /** What limits the comparison, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Brings two states into a form in which only what differs differs: what one side has to hide is left out of the other as well (else it
 * would look added or removed), and values of Secrets that were masked by different keys are compared by their names alone.
 */
export function comparableStates(left: UnitState, right: UnitState): readonly [ComparableSide, ComparableSide] {
  const hidden = new Set([...(left.hidden ?? []), ...(right.hidden ?? [])]);
  const sameKey = left.maskKey === right.maskKey;
  const keyNote = "Values of Secrets are not compared: the two sides were masked with different keys.";
  const side = (state: UnitState): ComparableSide => {
    const objects = state.state ? manifestsOf(state.state) : [];
    const shown = objects.filter((object) => !hidden.has(resourceKey(refOf(object))));
    const secrets = !sameKey && shown.some(({ kind }) => kind === "Secret");
    return {
      objects: shown.map((object) => (secrets && object.kind === "Secret" ? withoutValues(object) : object)),
      hidden: hidden.size,
      notes: [
        ...(state.note === undefined ? [] : [state.note]),
        ...(hidden.size > 0 ? [hiddenWords(hidden.size)] : []),
        ...(secrets ? [keyNote] : []),
      ],
    };
  };
  return [side(left), side(right)];
}

/** A state's objects as they are written. */
export function manifestsOf(state: DesiredState): readonly KubeObject[] {
  return state.objects.map(({ object }) => object);
}

/** Sentences as one text, each of them once; undefined when there are none. */
export function sentences(parts: readonly (string | undefined)[]): string | undefined {
  const said = [...new Set(parts.filter((part) => part !== undefined && part !== ""))];
  return said.length === 0 ? undefined : said.join(" ");
}

function hiddenWords(count: number): string {
  return count === 1
    ? "1 object is not shown: you may not read it."
    : `${count} objects are not shown: you may not read them.`;
}
