import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { maskKeySecretType, recordHeadAnnotation, recordSecretType, recordUnitLabel } from "#lib/model/annotations.ts";
import { KubeError, type KubeClient } from "#server/kube/client.ts";
import { parseJsonObject } from "#server/kube/redaction/json.ts";
import { mergeHeads, recordHeadSchema, type RecordHead } from "./record.ts";
import { RecordFault } from "./record-fault.ts";
import type { RecordStorage } from "./storage.ts";

const keyName = "driftglass-mask-key";
/** Of the 1 MiB that the API server allows for a Secret's data, some is left for its metadata. */
const mostBytes = 1000 * 1024;
const pageSize = 500;
const metadataList = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";
const metadataOnly = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json";

interface Metadata {
  readonly metadata?: {
    readonly name?: string;
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}
interface Secret extends Metadata {
  readonly data?: Readonly<Record<string, string>>;
}

interface NewSecret {
  readonly type: string;
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
  };
  readonly data: Readonly<Record<string, string>>;
}

/**
 * Records as Secrets in one namespace, where several replicas share them and whoever backs up the cluster backs them up. They hold no Secret's values, but
 * what applications consist of, which not everybody may read: hence Secrets. The client's account needs get, list, create, update and delete on Secrets there.
 */
export function createSecretStorage(client: KubeClient, namespace: string): RecordStorage {
  const all = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const one = (name: string): string => `${all}/${encodeURIComponent(name)}`;

  async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw faultOf(error, what, namespace);
    }
  }

  const get = async <T>(name: string, accept?: string): Promise<T | undefined> =>
    await client.request<T>({ path: one(name), ...(accept === undefined ? {} : { accept }) }).catch(passing(404));

  async function create(name: string, secret: NewSecret): Promise<void> {
    await client.request({ method: "POST", path: all, body: bodyOf(name, secret) });
  }

  /** Several replicas may write the same record at once: whoever comes second joins what the first has written. */
  async function write(head: RecordHead, body: Uint8Array): Promise<void> {
    const name = nameOf(head);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const existing = await get<Metadata>(name, metadataOnly);
        const merged = mergeHeads(existing && headOf(existing), head);
        const secret: NewSecret = {
          type: recordSecretType,
          metadata: {
            labels: { [recordUnitLabel]: head.unit, "app.kubernetes.io/managed-by": "driftglass" },
            annotations: { [recordHeadAnnotation]: JSON.stringify(merged) },
            ...(existing?.metadata?.resourceVersion !== undefined && {
              resourceVersion: existing.metadata.resourceVersion,
            }),
          },
          data: { manifests: Buffer.from(body).toString("base64") },
        };
        if (existing) await client.request({ method: "PUT", path: one(name), body: bodyOf(name, secret) });
        else await create(name, secret);
        return;
      } catch (error) {
        if (attempt >= 4 || !(error instanceof KubeError) || error.status !== 409) throw error;
        await sleep(20 * 2 ** attempt);
      }
    }
  }

  return {
    place: `Secrets in ${namespace}`,
    key: () =>
      guarded("The key of the records can't be had", async () => {
        const known = await get<Secret>(keyName);
        if (known) return keyOf(known);
        await create(keyName, {
          type: maskKeySecretType,
          metadata: { labels: { "app.kubernetes.io/managed-by": "driftglass" } },
          data: { key: randomBytes(32).toString("base64") },
        }).catch(passing(409));
        // Of two replicas that start at once, one wins; both go on with its key.
        return keyOf((await get<Secret>(keyName)) ?? {});
      }),
    heads: (unit) =>
      guarded("Recorded releases can't be listed", async () => {
        const heads: RecordHead[] = [];
        let token: string | undefined;
        do {
          const page = await client.request<{ items?: readonly Metadata[]; metadata?: { continue?: string } }>({
            path: all,
            query: {
              labelSelector: unit === undefined ? recordUnitLabel : `${recordUnitLabel}=${unit}`,
              limit: pageSize,
              continue: token,
            },
            accept: metadataList,
          });
          for (const item of page.items ?? []) {
            const head = headOf(item);
            if (head && nameOf(head) === item.metadata?.name) heads.push(head);
          }
          token = page.metadata?.continue || undefined;
        } while (token !== undefined);
        return heads;
      }),
    body: (head) =>
      guarded("The record can't be read", async () => {
        const secret = await get<Secret>(nameOf(head));
        if (!secret) throw new RecordFault("missing", "The record is gone: it was the oldest when room was needed.");
        return Buffer.from(secret.data?.["manifests"] ?? "", "base64");
      }),
    put: (head, body) =>
      guarded("The release can't be recorded", async () => {
        if (body.byteLength > mostBytes)
          throw new RecordFault(
            "too-large",
            `The release is too large to be recorded: ${Math.ceil(body.byteLength / 1024)} KiB compressed, and a Secret holds ${mostBytes / 1024}.`,
          );
        await write(head, body);
      }),
    remove: (head) =>
      guarded("The record can't be removed", async () => {
        await client.request({ method: "DELETE", path: one(nameOf(head)) }).catch(passing(404));
      }),
    close: () => client.close(),
  };
}

/** One name for each content, so that creating it twice is a conflict and not a copy. */
function nameOf({ unit, content }: Pick<RecordHead, "unit" | "content">): string {
  return `driftglass-release.${unit}.${content.slice(0, 32)}`;
}

function headOf({ metadata }: Metadata): RecordHead | undefined {
  const text = metadata?.annotations?.[recordHeadAnnotation];
  const parsed = recordHeadSchema.safeParse(text === undefined ? undefined : parseJsonObject(text));
  return parsed.success ? parsed.data : undefined;
}

function keyOf({ data }: Secret): Uint8Array {
  const key = Buffer.from(data?.["key"] ?? "", "base64");
  if (key.byteLength === 32) return key;
  throw new RecordFault(
    "unreadable",
    `The key of the records is not one: remove the Secret ${keyName} to have it made anew.`,
  );
}

function bodyOf(name: string, { metadata, ...rest }: NewSecret): object {
  return { apiVersion: "v1", kind: "Secret", ...rest, metadata: { ...metadata, name } };
}

/** Takes a fault of this status for no fault. */
function passing(status: number): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof KubeError) || error.status !== status) throw error;
    return undefined;
  };
}

function faultOf(error: unknown, what: string, namespace: string): unknown {
  if (!(error instanceof KubeError)) return error;
  if (error.status === 404) return new RecordFault("unavailable", `${what}: there is no namespace ${namespace}.`);
  if (error.status === 403 && /exceeded quota/.test(error.message))
    return new RecordFault("full", `${what}: the quota of ${namespace} is used up.`);
  if (error.status === 401 || error.status === 403)
    return new RecordFault(
      "forbidden",
      `${what}: Driftglass' own account may not do that in ${namespace} (${error.message}).`,
    );
  if (error.status === 507 || /etcdserver: .*space exceeded/.test(error.message))
    return new RecordFault("full", `${what}: the cluster's store is full.`);
  if (error.status === 413 || error.status === 422)
    return new RecordFault("too-large", `${what}: the API server refuses it (${error.message}).`);
  return new RecordFault("unavailable", `${what}: ${error.message}`);
}
