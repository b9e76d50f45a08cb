import { conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { fields } from "#lib/model/health/fields.ts";
import { formatRef, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { patchObject, readRaw } from "../object-io.ts";
import { reconcilePatch } from "./patches.ts";

const pollEvery = 250;
/** How long sources may take altogether. */
export const sourceTimeout = 20_000;

/** What waiting needs of its surroundings. */
export interface Waiting {
  readonly io: EngineIo;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Asks each source to fetch and waits for its answer (`status.lastHandledReconcileAt`), one after the other, as long as the time
 * lasts. Answers warnings: a source that is suspended, fails or does not answer in time does not stop the sync.
 * @throws KubeError when a source can't be read or annotated
 */
export async function requestSources(
  sources: readonly ResourceRef[],
  time: string,
  { io, sleep }: Waiting,
): Promise<string[]> {
  const warnings: string[] = [];
  let left = sourceTimeout;
  for (const source of sources) {
    const current = await readRaw(io, source);
    if (fields(current["spec"])["suspend"] === true) {
      warnings.push(`${formatRef(source)} is suspended and fetches nothing new.`);
      continue;
    }
    let answer = await patchObject(io, source, reconcilePatch(time));
    while (!hasHandled(answer, time) && left > 0) {
      await sleep(pollEvery);
      left -= pollEvery;
      answer = await readRaw(io, source);
    }
    const warning = hasHandled(answer, time)
      ? failureWords(source, answer, io)
      : `${formatRef(source)} has not answered within ${sourceTimeout / 1000} s.`;
    if (warning !== undefined) warnings.push(warning);
  }
  return warnings;
}

/** Whether the controller has answered this request. */
export function hasHandled(object: KubeObject, time: string): boolean {
  return fields(object["status"])["lastHandledReconcileAt"] === time;
}

function failureWords(source: ResourceRef, object: KubeObject, io: EngineIo): string | undefined {
  const ready = findCondition(conditionsOf(object), "Ready");
  if (ready?.status !== "False") return undefined;
  return io.masker.maskText(`${formatRef(source)} could not fetch: ${ready.message ?? ready.reason ?? "not ready"}`);
}
