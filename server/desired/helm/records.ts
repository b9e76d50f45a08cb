import { getIn, isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { cachePerIo } from "../cache.ts";
import type { EngineIo } from "../io.ts";
import { decodeRelease, decodeSecretRelease, ReleaseDecodeError } from "./decode.ts";
import { maskRelease } from "./mask-release.ts";
import type { MaskedRelease, ReleaseSummary } from "./release.ts";

/** One release record as its metadata tells it. */
export interface ReleaseRecord {
  readonly kind: "Secret" | "ConfigMap";
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly release: string;
  readonly version: number;
  readonly status: string;
  /** When Helm wrote or changed the record (labels `createdAt`, `modifiedAt`), RFC 3339. */
  readonly writtenAt?: string;
}

const releases = cachePerIo<Promise<MaskedRelease>>(48);
const summaries = cachePerIo<ReleaseSummary>(4_000);
const plural = { Secret: "secrets", ConfigMap: "configmaps" } as const;

/**
 * The records of a release, newest first: from the store where it knows any, else (or with `fresh`, because the store may be a moment
 * behind what helm has just written) asked of the API server, metadata only.
 * @throws KubeError when they have to be asked for and can't be.
 */
export async function listRecords(
  namespace: string,
  release: string,
  io: EngineIo,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<ReleaseRecord[]> {
  const known = fresh
    ? []
    : (["Secret", "ConfigMap"] as const).flatMap((kind) =>
        [...io.store.list({ group: "", kind }, namespace)].flatMap(
          ({ object }) => toRecord(kind, object, release) ?? [],
        ),
      );
  const records =
    known.length > 0 || (!fresh && isListed(namespace, io)) ? known : await askForRecords(namespace, release, io);
  return records.toSorted((a, b) => b.version - a.version);
}

/** Whether the store has all records of a namespace: there is nothing to ask for then. */
function isListed(namespace: string, { store }: EngineIo): boolean {
  return (["Secret", "ConfigMap"] as const).every((kind) => {
    const known = store.kindState({ group: "", kind });
    return known.state === "synced" || (known.state === "namespaces" && known.namespaces.includes(namespace));
  });
}

async function askForRecords(namespace: string, release: string, io: EngineIo): Promise<ReleaseRecord[]> {
  const query = { labelSelector: `owner=helm,name=${release}` };
  const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  for (const kind of ["Secret", "ConfigMap"] as const) {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/${plural[kind]}`;
    const list = await io.client.request<{ items?: KubeObject[] }>({ path, query, accept });
    const records = (list.items ?? []).flatMap((item) => toRecord(kind, item, release) ?? []);
    if (records.length > 0) return records;
  }
  return [];
}

function toRecord(kind: ReleaseRecord["kind"], object: KubeObject, release: string): ReleaseRecord | undefined {
  const { name, namespace, uid, resourceVersion, labels } = object.metadata;
  if (labels?.["owner"] !== "helm" || labels["name"] !== release || !name.startsWith("sh.helm.release.v1."))
    return undefined;
  const version = Number(labels["version"] ?? name.slice(name.lastIndexOf(".v") + 2));
  if (!Number.isSafeInteger(version) || version < 1 || namespace === undefined) return undefined;
  const seconds = Number(labels["modifiedAt"] ?? labels["createdAt"]);
  return {
    kind,
    namespace,
    name,
    uid: uid ?? "",
    resourceVersion: resourceVersion ?? "",
    release,
    version,
    status: labels["status"] ?? "unknown",
    ...(seconds > 0 ? { writtenAt: new Date(seconds * 1000).toISOString() } : {}),
  };
}

/** A record's content, masked; from the cache when the record has not changed. Callers share one reading, so none can abort it. @throws ReleaseDecodeError, KubeError */
export function readRelease(record: ReleaseRecord, io: EngineIo): Promise<MaskedRelease> {
  const cache = releases(io);
  const key = keyOf(record);
  const cached = cache.get(key);
  if (cached) return cached;
  const reading = fetchRelease(record, io);
  cache.set(key, reading);
  reading.then(
    (release) => summaries(io).set(key, release.summary),
    () => cache.delete(key),
  );
  return reading;
}

/** What a history shows of a record; decodes it only once as long as it does not change. @throws ReleaseDecodeError, KubeError */
export async function readSummary(record: ReleaseRecord, io: EngineIo): Promise<ReleaseSummary> {
  return summaries(io).get(keyOf(record)) ?? (await readRelease(record, io)).summary;
}

function keyOf(record: ReleaseRecord): string {
  return `${record.kind}/${record.uid}/${record.resourceVersion}`;
}

async function fetchRelease(record: ReleaseRecord, io: EngineIo): Promise<MaskedRelease> {
  const path = `/api/v1/namespaces/${encodeURIComponent(record.namespace)}/${plural[record.kind]}/${encodeURIComponent(record.name)}`;
  const answer = await io.client.request<unknown>({ path });
  const data = getIn(answer, "data");
  const encoded = isRecord(data) ? data["release"] : undefined;
  if (typeof encoded !== "string") throw new ReleaseDecodeError("the record has no data.release");
  return maskRelease(
    await (record.kind === "Secret" ? decodeSecretRelease(encoded) : decodeRelease(encoded)),
    io.masker,
  );
}
