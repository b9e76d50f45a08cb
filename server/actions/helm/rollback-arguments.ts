import { nameArgument, numberArgument } from "#server/tools/argument.ts";

/** One run of `helm rollback`. */
export interface HelmRollback {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /** Records that may stay; Helm deletes older ones. */
  readonly historyMax: number;
  /** Take fields over from other managers. */
  readonly forceConflicts: boolean;
  /** Helm 4 and newer know server-side apply. */
  readonly major: number;
}

/** How long hooks may take. */
export const hookTimeout = 300;

/**
 * Arguments of `helm rollback`. It does not wait for resources: their health is on the page anyway. Server-side apply follows the target
 * revision's own method (`auto`), as the program does by itself.
 */
export function helmRollbackArguments({
  release,
  namespace,
  revision,
  historyMax,
  forceConflicts,
  major,
}: HelmRollback): string[] {
  return [
    "rollback",
    nameArgument(release),
    numberArgument(revision),
    `--namespace=${nameArgument(namespace)}`,
    `--history-max=${numberArgument(historyMax)}`,
    `--timeout=${hookTimeout}s`,
    ...(major >= 4 ? ["--server-side=auto"] : []),
    ...(major >= 4 && forceConflicts ? ["--force-conflicts"] : []),
  ];
}

/** The CLI's own default is 10. A history that is kept longer than that stays as long: a rollback never removes more than the oldest record. */
export function historyLimit(records: number): number {
  return Math.max(10, records);
}
