import type { Comparison } from "#lib/api/diff-contract.ts";
import { compareApplications } from "#lib/diff/compare-applications.ts";
import type { ApplicationAt } from "#lib/model/application-at.ts";
import { comparableStates, sentences } from "./comparable-states.ts";
import { documentPairs } from "./document-pairs.ts";
import type { UnitState } from "./unit-state.ts";

/** One side of a comparison with what it consists of. */
export interface StateAt extends ApplicationAt {
  readonly state: UnitState;
}

/** Compares two applications, or one with itself at another revision, object by object. */
export function compareUnits(left: StateAt, right: StateAt): Comparison {
  const [from, to] = comparableStates(left.state, right.state);
  const documents = documentPairs(left.state.documents, right.state.documents);
  const message = sentences([...named(left, from.notes), ...named(right, to.notes)]);
  const sides = { left: sideOf(left), right: sideOf(right) };
  const rest = {
    ...(message === undefined ? {} : { message }),
    ...(from.hidden > 0 ? { hidden: from.hidden } : {}),
    ...(documents.length > 0 ? { documents } : {}),
  };
  if (!left.state.state || !right.state.state) return { ...sides, objects: [], ...rest };
  const objects = compareApplications(
    { ...left.application, objects: from.objects, live: left.state.live === true },
    { ...right.application, objects: to.objects, live: right.state.live === true },
  );
  return { ...sides, exactness: "local", objects, ...rest };
}

/** Which side a sentence is about; what is said of both is said once, without a name. */
function named({ application, state }: StateAt, notes: readonly string[]): string[] {
  return notes.map((note) => (note === state.note ? `${application.namespace}/${application.name}: ${note}` : note));
}

function sideOf({ application: { engine, namespace, name }, revision }: StateAt): Comparison["left"] {
  return { application: { engine, namespace, name }, revision };
}
