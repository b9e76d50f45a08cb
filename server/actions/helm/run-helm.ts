import { apiError } from "#lib/api/errors.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { ToolError, type ToolResult } from "#server/tools/tools.ts";
import { toolStatus } from "../faults.ts";
import { newestState, type RecordState, type ReleasePlace } from "./records.ts";
import type { ReleaseRecord } from "#server/desired/helm/records.ts";

/** One run of the helm program on a release. */
export interface HelmRun {
  readonly place: ReleasePlace;
  readonly args: readonly string[];
  /** Where the release's records are. */
  readonly kind: ReleaseRecord["kind"];
  /** Seconds that hooks may take; helm itself gives up before it is stopped. */
  readonly seconds: number;
  /** What to do where helm had to be stopped halfway. */
  readonly hint: string;
}

/** @throws ApiError 409 when the newest record is not this one any more: what was planned is not what is there */
export async function refuseChanged(
  place: ReleasePlace,
  { kind, version, status }: Pick<ReleaseRecord, "kind" | "version" | "status">,
  io: EngineIo,
): Promise<void> {
  const now = await newestState(place, kind, io);
  if (now?.version === version && now.status === status) return;
  const what = now?.version === version ? `is ${now.status} now` : "has got a new revision meanwhile";
  throw apiError(409, "conflict", `${place.release} ${what}.`, { hint: "Look at its history, then try again." });
}

/** Runs helm with the person's own credentials. @throws ApiError when it can't be run to its end */
export async function runHelm({ args, kind, seconds, hint }: HelmRun, io: EngineIo): Promise<ToolResult> {
  const kubeconfig = await io.client.kubeconfig();
  try {
    return await io.tools.run("helm", args, {
      kubeconfig,
      timeout: (seconds + 30) * 1000,
      ...(kind === "ConfigMap" && { environment: { HELM_DRIVER: "configmap" } }),
    });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const begun = error.fault !== "missing" && error.fault !== "full";
    throw apiError(toolStatus(error), begun ? "helm-stopped" : `helm-${error.fault}`, "helm could not finish.", {
      detail: error.message,
      ...(begun && { hint }),
    });
  }
}

/** Helm's own words (masked before) for why it failed, as an answer. `after` is what it has left of the release. */
export function helmFailure(doing: string, { release }: ReleasePlace, words: string, after?: RecordState): Error {
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
  return apiError(422, "helm-failed", `${doing} of ${release} failed.`, { detail: `${detail}${left}` });
}
