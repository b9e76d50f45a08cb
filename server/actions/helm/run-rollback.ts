import { apiError } from "#lib/api/errors.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { ToolError } from "#server/tools/tools.ts";
import { newestState, type RecordState } from "./records.ts";
import { helmRollbackArguments, hookTimeout } from "./rollback-arguments.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/**
 * Runs `helm rollback` as planned, with the person's own credentials, and looks at what it has left.
 * @returns the new revision, deployed
 * @throws ApiError with helm's own words (without secrets) when it fails; ToolError when it can't be run
 */
export async function runRollback({ run, current, target }: RollbackPlan, io: EngineIo): Promise<RecordState> {
  const kubeconfig = await io.client.kubeconfig();
  const place = { release: run.release, namespace: run.namespace };
  const now = await newestState(place, current.kind, io);
  if (now?.version !== current.version) {
    throw apiError(409, "conflict", `${run.release} has got a new revision meanwhile.`, {
      hint: "Look at its history, then try again.",
    });
  }
  try {
    const { code, stderr } = await io.tools.run("helm", helmRollbackArguments(run), {
      kubeconfig,
      timeout: (hookTimeout + 30) * 1000,
      ...(current.kind === "ConfigMap" && { environment: { HELM_DRIVER: "configmap" } }),
    });
    const after = await newestState(place, current.kind, io);
    if (code !== 0) throw failure(target.scrub(io.masker.maskText(stderr)), run.release, after);
    if (after?.status !== "deployed" || after.version <= current.version)
      throw failure(`Revision ${after?.version ?? "?"} is ${after?.status ?? "not there"}.`, run.release, after);
    return after;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw apiError(
      error.fault === "missing" ? 501 : 504,
      error.fault === "missing" ? "helm-missing" : "helm-stopped",
      "helm could not finish.",
      {
        detail: error.message,
        ...(error.fault !== "missing" && {
          hint: "The release may be left as pending-rollback; rolling back once more is the way out.",
        }),
      },
    );
  }
}

function failure(words: string, release: string, after: RecordState | undefined): Error {
  // Helm logs the same words as a warning before.
  const errors = words.split("\n").filter((line) => line.startsWith("Error: "));
  const detail = (errors.length > 0 ? errors.join(" ") : words.trim())
    .replaceAll("Error: ", "")
    .replace(/[^.]$/, "$&.");
  const busy = /already exists|another operation .* is in progress/i.test(detail);
  if (busy)
    return apiError(409, "conflict", `Somebody else is changing ${release} at the same time.`, {
      detail,
      hint: "Look at its history, then try again.",
    });
  const left = after === undefined ? "" : ` Revision ${after.version} is ${after.status} now.`;
  return apiError(422, "helm-failed", `helm rollback of ${release} failed.`, { detail: `${detail}${left}` });
}
