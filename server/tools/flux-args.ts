import { nameArgument } from "./argument.ts";

/** What `flux build kustomization` needs. */
export interface FluxBuild {
  readonly name: string;
  readonly namespace: string;
  /** Folder of the manifests, as `spec.path` says, inside the working directory. */
  readonly path: string;
  /** File with the Kustomization as YAML or JSON. */
  readonly kustomizationFile: string;
  /** Without access to the cluster; `substituteFrom` is then left out. */
  readonly offline: boolean;
  /** Fail for a variable without a value, where the controller was told to. */
  readonly strict: boolean;
}

/**
 * Arguments of `flux build kustomization`. The build is in memory: with it alone flux reads through a file system that
 * can't leave the working directory, so that a hostile kustomization.yaml can't read the server's files.
 */
export function fluxBuildArguments({ name, namespace, path, kustomizationFile, offline, strict }: FluxBuild): string[] {
  return [
    "build",
    "kustomization",
    nameArgument(name),
    `--namespace=${nameArgument(namespace)}`,
    `--path=${path}`,
    `--kustomization-file=${kustomizationFile}`,
    "--in-memory-build",
    ...(offline ? ["--dry-run"] : []),
    ...(strict ? ["--strict-substitute"] : []),
  ];
}
