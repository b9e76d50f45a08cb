import { apiError, type ApiError, isApiError } from "#lib/api/errors.ts";
import { KubeError } from "#server/kube/client.ts";
import { ToolError } from "#server/tools/tools.ts";
import { sentence } from "./words.ts";

/** It can't be done now, whoever asks. @param reason in words, such as "it is suspended" */
export function notNow(reason: string): ApiError {
  return apiError(409, "refused", "This can't be done now.", { detail: sentence(reason) });
}

/** The person may not do it. @param missing in words, such as "needs patch on kustomizations" */
export function notAllowed(missing: string): ApiError {
  return apiError(403, "forbidden", "You may not do this.", {
    detail: sentence(missing),
    hint: "Ask for this permission in the cluster's RBAC.",
  });
}

/** Expected faults as problems; everything else as it is, for the guard to answer and log. */
export function answerable(error: unknown): unknown {
  if (error instanceof ToolError)
    return apiError(toolStatus(error), `tool-${error.fault}`, `${error.tool} could not be run.`, {
      detail: error.message,
    });
  if (error instanceof Error && error.name === "ReleaseDecodeError")
    return apiError(422, "invalid", "The release record can't be used.", { detail: error.message });
  return error;
}

/** HTTP's status for a program that could not be run to its end. */
export function toolStatus({ fault }: ToolError): 501 | 504 | 507 {
  if (fault === "missing") return 501;
  return fault === "full" ? 507 : 504;
}

/** Whether somebody said no, here or in the cluster; else something has failed. */
export function isRefusal(fault: unknown): boolean {
  const status = isApiError(fault) ? fault.problem.status : fault instanceof KubeError ? fault.status : 500;
  return status >= 400 && status < 500;
}
