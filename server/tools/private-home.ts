import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

/** A directory that only this process's user can enter, for one run of a program. */
export interface PrivateHome {
  readonly directory: string;
  /** The whole environment of the program: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Deletes everything; never fails. */
  remove(): Promise<void>;
}

/** Bytes that a Go program tries to stay below by collecting garbage earlier. */
const softMemoryLimit = "768MiB";

/** Makes a 0700 directory with the given 0600 files in it, and an environment that keeps all traces inside it. */
export async function createPrivateHome(files: Readonly<Record<string, string>>): Promise<PrivateHome> {
  const directory = await temporaryFolder();
  const remove = async (): Promise<void> => {
    await rm(directory, { recursive: true, force: true }).catch(() => undefined);
  };
  try {
    await Promise.all(
      ["bin", "tmp", "cache", "config", "data"].map((name) =>
        mkdir(join(/* turbopackIgnore: true */ directory, name), { mode: 0o700 }),
      ),
    );
    for (const [name, content] of Object.entries(files)) {
      if (!/^[\w.-]+$/.test(name) || name.startsWith(".")) throw new Error(`not a plain file name: ${name}`);
      await writeFile(join(directory, name), content, { mode: 0o600, flag: "wx" });
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { directory, environment: privateEnvironment(directory, "kubeconfig" in files), remove };
}

/**
 * Environment of a program whose home is `directory`. `PATH` leads to an empty folder, so that neither plugins nor `git` (by which kustomize
 * would fetch remote bases) can be started.
 */
export function privateEnvironment(directory: string, hasKubeconfig: boolean): Record<string, string> {
  return {
    PATH: join(directory, "bin"),
    HOME: directory,
    TMPDIR: join(directory, "tmp"),
    LANG: "C.UTF-8",
    GOMEMLIMIT: softMemoryLimit,
    XDG_CACHE_HOME: join(directory, "cache"),
    XDG_CONFIG_HOME: join(directory, "config"),
    XDG_DATA_HOME: join(directory, "data"),
    HELM_CACHE_HOME: join(directory, "cache"),
    HELM_CONFIG_HOME: join(directory, "config"),
    HELM_DATA_HOME: join(directory, "data"),
    HELM_PLUGINS: join(directory, "data", "plugins"),
    HELM_REGISTRY_CONFIG: join(directory, "config", "registry.json"),
    HELM_REPOSITORY_CONFIG: join(directory, "config", "repositories.yaml"),
    HELM_REPOSITORY_CACHE: join(directory, "cache"),
    KUBECACHEDIR: join(directory, "cache"),
    KUBECONFIG: hasKubeconfig ? join(directory, "kubeconfig") : "/dev/null",
  };
}
