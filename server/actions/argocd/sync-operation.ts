import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** Who asks for an operation and how. */
export interface SyncOptions {
  readonly username: string;
  readonly reason?: string | undefined;
  readonly revision?: string | undefined;
  readonly prune?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** One for each of many sources; an empty one is the source's own target revision. */
  readonly revisions?: readonly string[] | undefined;
  /** Runs no hooks. */
  readonly applyOnly?: boolean | undefined;
  /** Override the sync options of the spec where they are said. */
  readonly serverSideApply?: boolean | undefined;
  readonly replace?: boolean | undefined;
  readonly resources?: readonly ResourceRef[] | undefined;
}

/** Where to go back to: an entry of `status.history`. */
export interface HistoryEntry {
  readonly id: number;
  readonly fields: Fields;
}

/**
 * The value of `/operation` for a sync. `syncOptions` and `retry` come from the spec, as Argo CD's API server takes them for its clients
 * (`server/application/application.go`, Sync). Without a revision the controller takes each source's own target revision
 * (`controller/state.go`, CompareAppState), so none is sent. `initiatedBy.automated` is never set.
 */
export function syncOperation(application: KubeObject, options: SyncOptions): Fields {
  const { revision, revisions = [], prune = false, dryRun = false, resources } = options;
  const { force = false, applyOnly = false } = options;
  return {
    ...envelope(application, options),
    sync: {
      prune,
      dryRun,
      syncStrategy: applyOnly ? { apply: { force } } : { hook: { force } },
      ...(revision !== undefined && { revision }),
      // The sources come with them: which revision belongs to which must not depend on a spec that changes in between.
      ...(revisions.length > 0 && { revisions, sources: fields(application["spec"])["sources"] }),
      ...syncOptionsOf(application, options),
      ...(resources !== undefined && resources.length > 0 && { resources: resources.map(asSyncResource) }),
    },
  };
}

/** The value of `/operation` for going back to an entry of the history, as Argo CD's API server makes it (Rollback). */
export function rollbackOperation(
  application: KubeObject,
  { fields: entry }: HistoryEntry,
  options: SyncOptions,
): Fields {
  const single = text(entry["revision"]);
  const sources = list(entry["sources"]);
  return {
    ...envelope(application, options),
    sync: {
      prune: options.prune ?? false,
      dryRun: options.dryRun ?? false,
      syncStrategy: { apply: {} },
      ...(single !== "" && { revision: single }),
      ...(list(entry["revisions"]).length > 0 && { revisions: entry["revisions"] }),
      ...(sources.length > 0 ? { sources } : { source: entry["source"] }),
      ...syncOptionsOf(application, options),
    },
  };
}

/** An entry of `status.history` by its id. */
export function historyEntry(application: KubeObject, id: string): HistoryEntry | undefined {
  for (const item of list(fields(application["status"])["history"])) {
    const entry = fields(item);
    if (typeof entry["id"] === "number" && String(entry["id"]) === id) return { id: entry["id"], fields: entry };
  }
  return undefined;
}

/** The revisions of a history entry, one for each of its sources. */
export function entryRevisions({ fields: entry }: HistoryEntry): string[] {
  const several = list(entry["revisions"]).map(text);
  return several.length > 0 ? several : [text(entry["revision"])];
}

/** Revision of a history entry as a person reads it. */
export function entryRevision({ id, fields: entry }: HistoryEntry): string {
  const several = list(entry["revisions"])
    .map(text)
    .filter((revision) => revision !== "");
  return text(entry["revision"]) || several.join(", ") || String(id);
}

function envelope(application: KubeObject, { username, reason }: SyncOptions): Fields {
  const retry = syncPolicy(application)["retry"];
  return {
    initiatedBy: { username },
    ...(reason !== undefined && reason !== "" && { info: [{ name: "Reason", value: reason }] }),
    ...(retry !== undefined && { retry }),
  };
}

/** The spec's sync options with what was asked for this once; an option that stays as it is keeps its words. */
function syncOptionsOf(application: KubeObject, { serverSideApply, replace }: SyncOptions): Fields {
  const options = [
    ["ServerSideApply", serverSideApply],
    ["Replace", replace],
  ] as const;
  let result = list(syncPolicy(application)["syncOptions"]).map(text);
  for (const [name, wanted] of options) {
    if (wanted === undefined || result.includes(`${name}=true`) === wanted) continue;
    result = result.filter((option) => !option.startsWith(`${name}=`));
    if (wanted) result.push(`${name}=true`);
  }
  return result.length > 0 ? { syncOptions: result } : {};
}

/** `spec.syncPolicy`. */
export function syncPolicy(application: KubeObject | undefined): Fields {
  return fields(fields(application?.["spec"])["syncPolicy"]);
}

function asSyncResource({ group, kind, namespace, name }: ResourceRef): Fields {
  return { group, kind, name, ...(namespace !== undefined && { namespace }) };
}
