import { type Condition, conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { at, count, text } from "#lib/model/health/fields.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** Whether a source has fetched a revision, can't, or is still at it. */
export type Fetched =
  | { readonly state: "fetched" }
  | { readonly state: "waiting" }
  | { readonly state: "failed"; readonly message: string };

const failures = [
  ["Stalled", "True"],
  ["FetchFailed", "True"],
  ["IncludeUnavailable", "True"],
  ["StorageOperationFailed", "True"],
  ["SourceVerified", "False"],
] as const;

/**
 * What source-controller says of this revision since the spec was changed to `generation`. What it said about an older spec does not count:
 * a source that could not fetch before may well fetch the pinned revision. It writes conditions first and the rest of the status a moment
 * later: Ready is True with the old artifact until `status.observedGeneration` follows (seen on 1.9; fluxcd/pkg `runtime/patch`).
 */
export function fetchedState(source: KubeObject, revision: string, generation: number): Fetched {
  const conditions = conditionsOf(source);
  const isJudged = (condition: Condition | undefined): condition is Condition =>
    condition !== undefined && (condition.observedGeneration ?? 0) >= generation;
  const ready = findCondition(conditions, "Ready");
  if (isJudged(ready) && ready.status === "True") {
    const serves = text(at(source, ["status", "artifact", "revision"]));
    if (sameRevision(serves, revision)) return { state: "fetched" };
    return count(at(source, ["status", "observedGeneration"])) >= generation
      ? { state: "failed", message: `it serves ${serves} instead` }
      : { state: "waiting" };
  }
  const failure = failures
    .map(([type, status]) => conditions.find((condition) => condition.type === type && condition.status === status))
    .find((condition) => isJudged(condition));
  return failure === undefined
    ? { state: "waiting" }
    : { state: "failed", message: failure.message ?? failure.reason ?? failure.type };
}
