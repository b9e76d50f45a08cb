import { apiError } from "#lib/api/errors.ts";
import { holdAnnotation } from "#lib/model/annotations.ts";
import type { Application } from "#lib/model/application.ts";
import { holdWords, readHold } from "#server/engines/common/hold.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** A rollback that is being kept. */
export type Hold = NonNullable<Application["hold"]>;

/** The annotation's value. */
export function writeHold({ by, at, revision, from }: Hold): string {
  return JSON.stringify({ by, at, revision, ...(from !== undefined && { from }) });
}

/** What is being held, in words; an annotation that nobody can read still counts. */
export function heldWords(object: KubeObject): string {
  const hold = readHold(object);
  return hold === undefined ? "an earlier revision is being kept" : holdWords(hold);
}

/** Whether something stands in the hold annotation, readable or not. */
export function isHeld(object: KubeObject | undefined): boolean {
  return object?.metadata.annotations?.[holdAnnotation] !== undefined;
}

/** @throws ApiError 409 when somebody else has begun, moved or released a hold since `before` was read */
export function refuseHeldMeanwhile(before: KubeObject, current: KubeObject): void {
  const [then, now] = [before, current].map(({ metadata }) => metadata.annotations?.[holdAnnotation]);
  if (then === now) return;
  throw apiError(409, "conflict", "It has changed meanwhile.", {
    detail: now === undefined ? "Somebody has released its hold." : `Somebody else was faster: ${heldWords(current)}.`,
    hint: "Look at it again, then decide.",
  });
}
