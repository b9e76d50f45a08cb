import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { parseAllDocuments } from "yaml";
import { isRecord } from "#lib/diff/json.ts";

const fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
/** Go reads names of fields whatever their case (`Resources`), so all are looked at in lower case. */
const lists = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "patchesstrategicmerge",
];
/** What stands here, inline or in files, are settings of kustomize's own plugins, which load files and URLs by fields of their own. */
const pluginLists = ["generators", "transformers", "validators"];
const mostFolders = 2_000;
const yaml = { version: "1.1", uniqueKeys: false, logLevel: "silent" } as const;

/**
 * The first thing that a kustomization would fetch from elsewhere (a Git repository, a URL), following its local folders and the `components` of the Flux object; undefined when there is none.
 * Such a build is refused: the server must not open connections to wherever a repository says. What can't be read here, though kustomize
 * might, counts as remote.
 */
export async function findRemoteBase(
  root: string,
  path: string,
  components: readonly string[] = [],
): Promise<string | undefined> {
  const remote = components.find(isRemote);
  if (remote !== undefined) return remote;
  const seen = new Set<string>();
  const folders: Place[] = [path, ...components.map((component) => posix.normalize(posix.join(path, component)))].map(
    (place) => ({ place, plugin: false }),
  );
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const { place: folder, plugin } = next;
    const id = `${folder}|${plugin}`;
    if (seen.has(id)) continue;
    if (seen.size >= mostFolders) return `more than ${mostFolders} folders`;
    seen.add(id);
    const kustomization = await kustomizationOf(root, folder);
    if (kustomization === undefined) continue;
    if (!isRecord(kustomization)) return `a kustomization in ${folder} that can't be read`;
    const settings = plugin ? [...pluginLists, "resources"] : pluginLists;
    for (const list of settings) {
      for (const entry of textsOf(kustomization[list])) {
        const found = await remoteInSettings(root, folder, entry);
        if (found !== undefined) return found;
        folders.push({ place: posix.normalize(posix.join(folder, entry)), plugin: true });
      }
    }
    for (const entry of entriesOf(kustomization)) {
      if (isRemote(entry)) return entry;
      const place = posix.normalize(posix.join(folder, entry));
      if (!place.startsWith("..") && !/\.ya?ml$|\.json$/.test(place)) folders.push({ place, plugin });
    }
  }
  return undefined;
}

interface Place {
  readonly place: string;
  /** Whether what is built there are settings of plugins. */
  readonly plugin: boolean;
}

/** The first URL in settings of a plugin, given inline or by the name of a file. */
async function remoteInSettings(root: string, folder: string, entry: string): Promise<string | undefined> {
  const file = posix.normalize(posix.join(folder, entry));
  const text = entry.includes("\n")
    ? entry
    : file.startsWith("..")
      ? undefined
      : await readFile(/* turbopackIgnore: true */ join(/* turbopackIgnore: true */ root, file), "utf8").catch(
          () => undefined,
        );
  if (text === undefined) return undefined;
  const values = valuesOf(text);
  if (!values) return `settings in ${folder} that can't be read`;
  return textsOf(values).find((value) => /(?:^|=)\s*https?:/i.test(value));
}

/** The documents of a YAML stream; undefined when it can't be read. */
function valuesOf(text: string): unknown[] | undefined {
  try {
    const documents = [...parseAllDocuments(text, yaml)];
    if (documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  } catch {
    return undefined;
  }
}

/** All texts in a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item: unknown) => textsOf(item))
    : [];
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

/** The kustomization of a folder with its fields in lower case; undefined when there is none, null when it can't be read. */
async function kustomizationOf(root: string, folder: string): Promise<unknown> {
  for (const name of fileNames) {
    const text = await readFile(
      /* turbopackIgnore: true */ join(/* turbopackIgnore: true */ root, folder, name),
      "utf8",
    ).catch(() => undefined);
    if (text === undefined) continue;
    const values = valuesOf(text);
    return values?.length === 1 ? lowerCase(values[0]) : null;
  }
  return undefined;
}

function lowerCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCase);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name.toLowerCase(), lowerCase(field)]));
}

function entriesOf(value: Readonly<Record<string, unknown>>): string[] {
  const named = lists.flatMap((list) => value[list] ?? []);
  const charts = [value["helmcharts"], value["openapi"]]
    .flatMap((item) => (Array.isArray(item) ? item : [item]))
    .flatMap((item) => (isRecord(item) ? [item["repo"], item["path"]] : []));
  const generators = [value["configmapgenerator"], value["secretgenerator"]]
    .flatMap((item) => (Array.isArray(item) ? item : []))
    .filter(isRecord);
  const files = generators.flatMap((item) => [item["files"], item["envs"], item["env"]].flat());
  const patches = [value["patches"], value["patchesjson6902"], value["replacements"]]
    .flatMap((item) => (Array.isArray(item) ? item : []))
    .filter(isRecord)
    .map((item) => item["path"]);
  const keyed = files.map((file) => (typeof file === "string" ? file.replace(/^[^=/]*=/, "") : file));
  return [...named, ...charts, ...keyed, ...patches]
    .flat()
    .filter((entry): entry is string => typeof entry === "string" && !entry.includes("\n"));
}
