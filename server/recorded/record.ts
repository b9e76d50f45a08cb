import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip as gunzipCallback, gzip as gzipCallback } from "node:zlib";
import { z } from "zod";
import { compareText } from "#lib/compare-text.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { sorted } from "#lib/diff/to-yaml.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { applicationRefSchema } from "#lib/model/application-schema.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { RecordFault } from "./record-fault.ts";

const gzip = promisify(gzipCallback);
const gunzip = promisify(gunzipCallback);

/** The most that a record may unpack to: what is read back was written by whoever may write to the store. */
const mostUnpacked = 256 * 1024 * 1024;

/** Revisions of one content that are remembered: in a repository of many applications most commits change nothing of one. */
const mostRevisions = 200;

/** Whose releases are recorded: one application of one cluster, which a new one of the same name is not. */
export interface RecordedUnit {
  /** URL of the API server, as the credentials have it. */
  readonly server: string;
  readonly ref: ApplicationRef;
  readonly uid: string;
}

/** Names a unit in the store: 32 hexadecimal digits. */
export function unitId({ server, ref, uid }: RecordedUnit): string {
  return sha256(JSON.stringify([server, ref.engine, ref.namespace, ref.name, uid])).slice(0, 32);
}

const recordedRevisionSchema = z.object({ id: z.string(), revision: z.string(), recordedAt: z.string() });

/** One revision that had this content. `id` is the history's. */
export type RecordedRevision = z.infer<typeof recordedRevisionSchema>;

/** What is known of a record without its manifests. */
export const recordHeadSchema = z.object({
  unit: z.string().regex(/^[0-9a-f]{32}$/),
  /** Digest of the manifests: revisions that render the same share one record. */
  content: z.string().regex(/^[0-9a-f]{64}$/),
  /** For people who look into the store. */
  application: applicationRefSchema,
  /** Names the key of its masking tokens: values of two records can be compared when it is the same. */
  maskKey: z.string(),
  objects: z.number().int().nonnegative(),
  /** Compressed. */
  bytes: z.number().int().nonnegative(),
  /** Oldest first. */
  revisions: z.array(recordedRevisionSchema).min(1),
});

/** What is known of a record without its manifests. */
export type RecordHead = z.infer<typeof recordHeadSchema>;

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const bodySchema = z.object({ version: z.literal(1), objects: z.array(objectSchema) });

/** A record's manifests, ready to be stored. */
export interface PackedManifests {
  readonly content: string;
  readonly body: Uint8Array;
  readonly objects: number;
}

/** Packs masked manifests: JSON in one order whatever theirs, compressed, named by its digest. */
export async function pack(objects: readonly KubeObject[]): Promise<PackedManifests> {
  const ordered = objects.toSorted((a, b) => compareText(resourceKey(refOf(a)), resourceKey(refOf(b))));
  const json = JSON.stringify({ version: 1, objects: ordered.map(sorted) });
  return { content: sha256(json), body: await gzip(json), objects: objects.length };
}

/** Reads {@link pack}'s body back. @throws RecordFault when it is not what the content's name says, or too large */
export async function unpack(content: string, body: Uint8Array): Promise<KubeObject[]> {
  const json = await gunzip(body, { maxOutputLength: mostUnpacked }).catch(() => undefined);
  if (json === undefined) throw new RecordFault("unreadable", "The record can't be unpacked: it is damaged.");
  if (sha256(json) !== content)
    throw new RecordFault("unreadable", "The record is not what its digest says: it is damaged or was changed.");
  const parsed = bodySchema.safeParse(JSON.parse(json.toString("utf8")));
  if (!parsed.success)
    throw new RecordFault("unreadable", "The record is of a form that this Driftglass does not know.");
  return parsed.data.objects as KubeObject[];
}

/** Both heads of the same content as one: another replica, or an earlier revision, may have recorded it before. */
export function mergeHeads(before: RecordHead | undefined, head: RecordHead): RecordHead {
  const known = new Map(before?.revisions.map((revision) => [revision.id, revision]));
  for (const revision of head.revisions) if (!known.has(revision.id)) known.set(revision.id, revision);
  const revisions = [...known.values()].toSorted((a, b) => compareText(a.recordedAt, b.recordedAt));
  return { ...head, revisions: revisions.slice(-mostRevisions) };
}

/** The record of a revision: where several have it, the one with the most objects (who recorded the others could see fewer), then the latest. */
export function recordOf(heads: readonly RecordHead[], id: string): RecordHead | undefined {
  return heads
    .filter(({ revisions }) => revisions.some((revision) => revision.id === id))
    .toSorted((a, b) => b.objects - a.objects || compareText(lastRecorded(b), lastRecorded(a)))[0];
}

/** When a record was last written, RFC 3339. */
export function lastRecorded({ revisions }: RecordHead): string {
  return revisions.at(-1)?.recordedAt ?? "";
}

/** Names a masking key without telling it. */
export function maskKeyId(key: Uint8Array): string {
  return sha256(key).slice(0, 12);
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
