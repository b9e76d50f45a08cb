import { apiError } from "#lib/api/errors.ts";
import type { ToolRun } from "#server/tools/tools.ts";
import type { ActionContext, UnitContext } from "../action-handler.ts";

/** Runs the real kubectl with the person's own credentials. @throws ApiError with its own words, masked; ToolError */
export async function runKubectl(
  { io }: ActionContext,
  args: readonly string[],
  options: Pick<ToolRun, "stdin"> = {},
): Promise<void> {
  const kubeconfig = await io.client.kubeconfig();
  const { code, stderr } = await io.tools.run("kubectl", args, { ...options, kubeconfig });
  if (code !== 0)
    throw apiError(422, "kubectl-failed", "kubectl failed.", {
      detail: io.masker
        .maskText(stderr)
        .trim()
        .replace(/^error: /i, ""),
    });
}

/** Why there is no kubectl to run; undefined when there is one. */
export async function kubectlMissing({ io }: Pick<UnitContext, "io">): Promise<string | undefined> {
  if ((await io.tools.locate("kubectl")) !== undefined) return undefined;
  return "kubectl is not installed on the Driftglass server: install it there (https://kubernetes.io/docs/tasks/tools/) or set DRIFTGLASS_KUBECTL to its path";
}

/** What two changes of the same workloads by kubectl share. */
export function workloadLock({ unit }: Pick<UnitContext, "unit">): string {
  return `kubectl/${unit.namespace}/${unit.name}`;
}
