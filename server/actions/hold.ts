import type { Application } from "#lib/model/application.ts";
import { holdAnnotation } from "#server/engines/common/hold.ts";
import type { KubeObject } from "#server/kube/object.ts";

export { holdAnnotation };

/** A rollback that is being kept. */
export type Hold = NonNullable<Application["hold"]>;

/** The annotation's value. */
export function writeHold({ by, at, revision, from }: Hold): string {
  return JSON.stringify({ by, at, revision, ...(from !== undefined && { from }) });
}

/** Whether something stands in the hold annotation, readable or not. */
export function isHeld(object: KubeObject | undefined): boolean {
  return object?.metadata.annotations?.[holdAnnotation] !== undefined;
}
