import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SandboxContext } from "../../context.ts";
import { type Commit, fastImportStream, readCommits } from "./commits.ts";
import { listFolders, type Placeholders } from "./files.ts";
import { run, scenarioDirectory } from "./run.ts";

/** A repository that was built and pushed. */
export interface Repository {
  readonly name: string;
  /** Its bare repository in the state folder. */
  readonly directory: string;
  readonly commits: readonly Commit[];
  /** Hash of each commit by the name of its folder. */
  readonly hashes: ReadonlyMap<string, string>;
}

const gitDirectory = join(import.meta.dirname, "..", "git");

/** Names of the scenario's repositories. */
export function repositoryNames(): string[] {
  return listFolders(gitDirectory);
}

/** Builds one repository with all its commits, and pushes those that are not held. */
export async function buildRepository(
  context: SandboxContext,
  name: string,
  placeholders: Placeholders,
): Promise<Repository> {
  const directory = scenarioDirectory(context, "git", `${name}.git`);
  rmSync(directory, { recursive: true, force: true });
  await run(context, "git", ["init", "--quiet", "--bare", "--initial-branch=main", directory]);
  const commits = readCommits(join(gitDirectory, name), placeholders);
  const marks = join(directory, "marks");
  await run(context, "git", ["fast-import", "--quiet", "--done", `--export-marks=${marks}`], {
    cwd: directory,
    input: fastImportStream(commits, Date.now()),
  });
  await push(context, { directory, name }, "main");
  return { name, directory, commits, hashes: readMarks(marks, commits) };
}

/** Pushes the commits that were held back. */
export async function pushHeldCommits(context: SandboxContext, repository: Repository): Promise<string> {
  await push(context, repository, "held:main");
  const last = repository.commits.at(-1);
  const hash = last && repository.hashes.get(last.name);
  if (hash === undefined) throw new Error(`${repository.name} has no commits`);
  return hash;
}

/** `__COMMIT_repository_folder__` for each commit, for manifests that name one. */
export function commitPlaceholders(repositories: readonly Repository[]): Placeholders {
  const placeholders: Record<string, string> = {};
  for (const { name, hashes } of repositories) {
    for (const [commit, hash] of hashes) placeholders[`COMMIT_${name}_${commit}`] = hash;
  }
  return placeholders;
}

async function push(
  context: SandboxContext,
  repository: { directory: string; name: string },
  branch: string,
): Promise<void> {
  await run(context, "git", ["push", "--quiet", `${context.gitUrl}/${repository.name}.git`, branch], {
    cwd: repository.directory,
  });
}

function readMarks(path: string, commits: readonly Commit[]): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const line of readFileSync(path, "utf8").trim().split("\n")) {
    const [mark, hash] = line.split(" ");
    const commit = commits[Number(mark?.slice(1)) - 1];
    if (commit !== undefined && hash !== undefined) hashes.set(commit.name, hash);
  }
  return hashes;
}
