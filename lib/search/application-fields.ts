import { driftStatuses, engines, syncStatuses, type Application } from "../model/application.ts";
import { healthStatuses } from "../model/health-status.ts";

/** A field that a search for applications can ask about. */
export interface SearchField {
  readonly name: string;
  /** Other names that it goes by. */
  readonly also: readonly string[];
  /** What it is about, for the list of suggestions. */
  readonly hint: string;
  /** All words that it can have; absent where that is any text. */
  readonly words?: readonly string[];
  /** What a row has there. */
  readonly of: (application: Application) => readonly string[];
}

/** What else people call a word. */
const synonyms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  drift: { yes: "drifted", true: "drifted", no: "none", false: "none" },
  sync: { "out-of-sync": "outofsync", no: "outofsync", yes: "synced" },
  engine: { flux: "flux-", kustomization: "flux-kustomization", helmrelease: "flux-helmrelease", argo: "argocd" },
};

function present(...texts: ReadonlyArray<string | undefined>): string[] {
  return texts.filter((text) => text !== undefined && text !== "") as string[];
}

/** The fields, in the order in which they are offered. */
export const searchFields: readonly SearchField[] = [
  { name: "health", also: ["status"], hint: "its health", words: healthStatuses, of: ({ health }) => [health.status] },
  {
    name: "sync",
    also: [],
    hint: "whether it is at what its source says",
    words: syncStatuses,
    of: ({ sync }) => [sync.status],
  },
  {
    name: "drift",
    also: [],
    hint: "whether live differs from what was applied",
    words: driftStatuses,
    of: ({ drift }) => [drift.status],
  },
  { name: "engine", also: ["tool"], hint: "what applies it", words: engines, of: ({ engine }) => [engine] },
  { name: "cluster", also: [], hint: "its cluster", of: ({ cluster }) => [cluster] },
  { name: "ns", also: ["namespace"], hint: "its namespace", of: ({ namespace }) => [namespace] },
  { name: "name", also: ["app"], hint: "its name", of: ({ name }) => [name] },
  {
    name: "is",
    also: [],
    hint: "suspended, held, running or failed",
    words: ["suspended", "held", "running", "failed"],
    of: ({ suspended, hold, operation }) => [
      ...(suspended ? ["suspended"] : []),
      ...(hold ? ["held"] : []),
      ...(operation?.phase === "Running" ? ["running"] : []),
      ...(operation?.phase === "Failed" ? ["failed"] : []),
    ],
  },
  {
    name: "source",
    also: ["repo", "chart"],
    hint: "where it comes from: a source's name, URL, path or chart",
    of: ({ sources }) => sources.flatMap(({ kind, name, url, path, chart }) => present(kind, name, url, path, chart)),
  },
  {
    name: "label",
    also: [],
    hint: "a label, by key or key=value",
    of: ({ labels }) => Object.entries(labels ?? {}).flatMap(([key, value]) => [key, `${key}=${value}`]),
  },
  {
    name: "owner",
    also: ["parent"],
    hint: "the application that manages it",
    of: ({ managedBy }) => (managedBy ? [managedBy.name, `${managedBy.namespace}/${managedBy.name}`] : []),
  },
  {
    name: "rev",
    also: ["revision", "version"],
    hint: "a revision, applied or desired",
    of: ({ revision, sources }) =>
      present(revision.applied, revision.desired, ...sources.map(({ version }) => version)),
  },
];

const byName = new Map(
  searchFields.flatMap((field) => [field.name, ...field.also].map((name) => [name, field] as const)),
);

/** The field of a name as it was typed, in lower case. */
export function fieldOf(name: string): SearchField | undefined {
  return byName.get(name);
}

/** A value as the field itself calls it: `drift:yes` means Drifted. */
export function wordFor(field: SearchField, value: string): string {
  return synonyms[field.name]?.[value] ?? value;
}
