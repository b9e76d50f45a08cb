const maxLength = 240;
// Controllers build in folders such as /tmp/kustomization-934430238/, wherever their temporary folder is.
const temporaryFolder =
  /(?:\/[^\s/:'"]+)*\/(?:kustomization|helmrelease|gitrepository|ocirepository|helmchart|bucket)-[^\s/:'"]*\//gi;
const notFound = /open ([^\s:'"]+): no such file or directory/;
const healthTimeout = /timeout waiting for: \[(.+?)\](?:: |$)?/s;
const healthFailed = /failed to get status for: \[?([^\]\n]+)\]?|failed early due to stalled resources: \[(.+?)\]/s;

/**
 * The informative part of what a controller says, on one line and short enough for a row: without its temporary folders, its
 * retries and the chain of wrappings before the cause.
 */
export function shortMessage(message: string): string {
  let text = message.replaceAll(temporaryFolder, "").replaceAll(/\s+/g, " ").trim();
  text = text.replace(/,? (?:retrying|requeuing) in [\w.]+$/i, "");
  const timeout = healthTimeout.exec(text) ?? healthFailed.exec(text);
  if (timeout !== null) text = `not healthy: ${resourceWords(timeout[1] ?? timeout[2] ?? "")}`;
  const missing = text.includes("accumulat") ? notFound.exec(text) : null;
  if (missing !== null) text = `kustomize build failed: ${missing[1]}: no such file or directory`;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).trimEnd()}…`;
}

/** `Deployment/team-a/worker status: 'InProgress', …` as `Deployment/worker (InProgress), …`. */
function resourceWords(list: string): string {
  return list
    .split(/,\s*/)
    .map((entry) =>
      entry.replace(
        /^([^/\s]+)\/(?:[^/\s]+\/)?([^/\s]+) status: '(\w+)'(?:: (.*))?$/,
        (_all, kind: string, name: string, status: string, why: string | undefined) =>
          `${kind}/${name} (${why ?? status})`,
      ),
    )
    .join(", ");
}

/** Joins what something is about and what is said about it; absent parts are left out. */
export function sentence(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(": ");
}
