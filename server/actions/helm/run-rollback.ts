import type { EngineIo } from "#server/desired/io.ts";
import { newestState, type RecordState } from "./records.ts";
import { helmRollbackArguments, hookTimeout } from "./rollback-arguments.ts";
import type { RollbackPlan } from "./rollback-plan.ts";
import { helmFailure, refuseChanged, runHelm } from "./run-helm.ts";

/**
 * Runs `helm rollback` as planned, with the person's own credentials, and looks at what it has left.
 * @returns the new revision, deployed
 * @throws ApiError with helm's own words (without secrets) when it fails or can't be run
 */
export async function runRollback({ run, current, target }: RollbackPlan, io: EngineIo): Promise<RecordState> {
  const place = { release: run.release, namespace: run.namespace };
  await refuseChanged(place, current, io);
  const { code, stderr } = await runHelm(
    {
      place,
      args: helmRollbackArguments(run),
      kind: current.kind,
      seconds: hookTimeout,
      hint: "The release may be left as pending-rollback; rolling back once more is the way out.",
    },
    io,
  );
  const after = await newestState(place, current.kind, io);
  if (code !== 0) throw helmFailure("helm rollback", place, target.scrub(io.masker.maskText(stderr)), after);
  if (after?.status !== "deployed" || after.version <= current.version)
    throw helmFailure(
      "helm rollback",
      place,
      `Revision ${after?.version ?? "?"} is ${after?.status ?? "not there"}.`,
      after,
    );
  return after;
}
