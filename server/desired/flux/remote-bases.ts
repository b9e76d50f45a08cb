import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { parse } from "yaml";
import { isRecord } from "#lib/diff/json.ts";

const fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const lists = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "patchesStrategicMerge",
];
const mostFolders = 2_000;

/**
 * The first thing that a kustomization would fetch from elsewhere (a Git repository, a URL), following its local folders and the `components` of the Flux object; undefined when there is none.
 * Such a build is refused: the server must not open connections to wherever a repository says.
 */
export async function findRemoteBase(
  root: string,
  path: string,
  components: readonly string[] = [],
): Promise<string | undefined> {
  const remote = components.find(isRemote);
  if (remote !== undefined) return remote;
  const seen = new Set<string>();
  const folders = [path, ...components.map((component) => posix.normalize(posix.join(path, component)))];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (seen.has(folder) || seen.size >= mostFolders) continue;
    seen.add(folder);
    for (const entry of await entriesOf(root, folder)) {
      if (isRemote(entry)) return entry;
      const next = posix.normalize(posix.join(folder, entry));
      if (!next.startsWith("..") && !/\.ya?ml$|\.json$/.test(next)) folders.push(next);
    }
  }
  return undefined;
}

/** Source: kustomize `api/internal/git/repospec.go`: schemes, `git@host:`, `host.tld/…`, `?ref=` and what ends in `.git`. */
export function isRemote(entry: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:/i.test(entry) ||
    /^[\w.-]+@/.test(entry) ||
    /[?&](?:ref|version|submodules|timeout)=/.test(entry) ||
    /\.git(?:\/|$)/.test(entry) ||
    /^(?:www\.)?(?:github|gitlab|bitbucket|dev\.azure)\.\w+\//i.test(entry)
  );
}

async function entriesOf(root: string, folder: string): Promise<string[]> {
  for (const name of fileNames) {
    const text = await readFile(
      /* turbopackIgnore: true */ join(/* turbopackIgnore: true */ root, folder, name),
      "utf8",
    ).catch(() => undefined);
    if (text !== undefined) return entriesOfText(text);
  }
  return [];
}

function entriesOfText(text: string): string[] {
  let value: unknown;
  try {
    value = parse(text, { version: "1.1", uniqueKeys: false, logLevel: "silent" });
  } catch {
    return [];
  }
  if (!isRecord(value)) return [];
  const named = lists.flatMap((list) => value[list] ?? []);
  const charts = [value["helmCharts"], value["openapi"]]
    .flatMap((item) => (Array.isArray(item) ? item : [item]))
    .flatMap((item) => (isRecord(item) ? [item["repo"], item["path"]] : []));
  const generators = [value["configMapGenerator"], value["secretGenerator"]]
    .flatMap((item) => (Array.isArray(item) ? item : []))
    .filter(isRecord);
  const files = generators.flatMap((item) => [item["files"], item["envs"], item["env"]].flat());
  const patches = [value["patches"], value["patchesJson6902"], value["replacements"]]
    .flatMap((item) => (Array.isArray(item) ? item : []))
    .filter(isRecord)
    .map((item) => item["path"]);
  const keyed = files.map((file) => (typeof file === "string" ? file.replace(/^[\w.-]+=/, "") : file));
  return [...named, ...charts, ...keyed, ...patches]
    .flat()
    .filter((entry): entry is string => typeof entry === "string" && !entry.includes("\n"));
}
