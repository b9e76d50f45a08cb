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
