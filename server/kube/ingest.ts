import { formatApiVersion } from "#lib/model/resource-ref.ts";
import type { ApiResource } from "./api-resource.ts";
import { annotationsWithManagers } from "./managers.ts";
import type { KubeObject } from "./object.ts";
import { toStored } from "./object-store.ts";
import { isRecord } from "./redaction/json.ts";
import type { Masker } from "./redaction/masker.ts";
import { Sharing } from "./sharing.ts";
import type { StoredObject } from "./store.ts";

/** How objects of one kind enter the store. */
export interface IngestOptions {
  readonly resource: ApiResource;
  readonly depth: "full" | "metadata";
  readonly masker: Pick<Masker, "maskObject">;
  /** Keeps less of an object than all of it; sees it masked. */
  readonly project?: (object: KubeObject) => KubeObject;
  /** Where equal objects may be already; what is found there is kept instead. */
  readonly twins?: Twins | undefined;
}

/** Finds objects that are kept already and equal in all their parts. */
export interface Twins {
  /** Whether there may be any. */
  readonly any: boolean;
  twinOf(stored: StoredObject): StoredObject | undefined;
}

/**
 * The one door through which objects come in from lists and watches: managed fields are dropped but for the names of who applied, Secrets masked, and items of
 * lists and metadata-only answers get the kind that they really are. Undefined for what has no name.
 */
export function createIngest({
  resource,
  depth,
  masker,
  project,
  twins,
}: IngestOptions): (raw: unknown) => StoredObject | undefined {
  const apiVersion = formatApiVersion(resource.group, resource.version);
  const { kind } = resource;
  const sharing = new Sharing();
  return (raw) => {
    if (!isRecord(raw) || !isRecord(raw["metadata"])) return undefined;
    const { managedFields: _, ...metadata } = raw["metadata"];
    if (typeof metadata["name"] !== "string") return undefined;
    const annotations = annotationsWithManagers(raw["metadata"]);
    // What asked for metadata alone keeps no more, even where a server sends everything.
    const fields = depth === "metadata" ? {} : raw;
    const object = {
      ...fields,
      apiVersion,
      kind,
      metadata: { ...metadata, name: metadata["name"], ...(annotations && { annotations }) },
    };
    const masked = maskOrStrip(masker, object);
    const kept = project ? project(masked) : masked;
    const stored = twins?.any === true ? toStored(kept, resource) : undefined;
    return (stored && twins?.twinOf(stored)) ?? toStored(sharing.share(kept), resource);
  };
}

/**
 * What can't be masked (nested so deeply that the stack ends; the API server takes 10,000 levels) is kept without its content: one hostile object must
 * not end the watch of its kind, and nothing comes in that was not looked at.
 */
function maskOrStrip(masker: Pick<Masker, "maskObject">, object: KubeObject): KubeObject {
  try {
    return masker.maskObject(object);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    const { apiVersion, kind, metadata } = object;
    const { annotations: _a, ...plain } = metadata;
    return { apiVersion, kind, metadata: plain };
  }
}
