import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { Person } from "./person.ts";

/**
 * What `flux diff kustomization` finds, as `Kind/name verb`, sorted.
 *
 * @param path the manifests in a working copy, which flux reads them from
 */
export async function fluxDiff(
  { sandbox }: Person,
  { namespace, name }: ApplicationRef,
  path: string,
): Promise<string[]> {
  const args = ["diff", "kustomization", name, "-n", namespace, "--path", path, "--progress-bar=false"];
  const { kubeconfig } = sandbox.logins.find((login) => login.name === "admin") ?? {};
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  const said = await promisify(execFile)(join(sandbox.binDirectory, "flux"), args, { env, cwd: join(path, "..") }).then(
    ({ stdout }) => stdout,
    (error: { code?: number; stdout?: string; stderr?: string }) => {
      // Exit code 1 says that there are differences.
      if (error.code === 1 && error.stdout !== undefined) return error.stdout;
      throw new Error(`flux diff: ${error.stderr ?? ""}`);
    },
  );
  return [...said.matchAll(/^► (\w+)\/(?:[\w-]+\/)?([\w-]+) (created|drifted|deleted)/gm)]
    .map(([, kind, name, verb]) => `${kind}/${name} ${verb}`)
    .toSorted();
}

const verbs = { added: "created", changed: "drifted", removed: "deleted", unchanged: "" } as const;

/** What Driftglass has found, in the words of {@link fluxDiff}. */
export const inFluxWords = (objects: readonly DiffObject[]): string[] =>
  objects
    .filter(({ change }) => change !== "unchanged")
    .map(({ ref, change }) => `${formatRef(ref)} ${verbs[change]}`)
    .toSorted();
