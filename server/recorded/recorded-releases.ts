import { compareText } from "#lib/compare-text.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { readableObjects } from "./readable.ts";
import { recordOf, type RecordedRevision, type RecordHead, type RecordedUnit, unitId, unpack } from "./record.ts";
import { RecordFault } from "./record-fault.ts";
import type { Recorder } from "./recorder.ts";

/** A recorded release as one person may see it. */
export interface RecordedManifests {
  readonly objects: readonly KubeObject[];
  /** Keys of objects that are recorded and that this person may not read. */
  readonly hidden: ReadonlySet<string>;
  readonly recordedAt: string;
  /** Names the key of its masking tokens: values of Secrets can be compared with those of the same key alone. */
  readonly maskKey: string;
}

/** The recorded revisions of one application. */
export interface RecordedRevisions {
  /** By the history's id, the newest record first. */
  readonly recorded: ReadonlyMap<string, RecordedRevision>;
  /** Why they are not known, or why nothing is being recorded. */
  readonly problem?: string;
}

/** What a person's view knows of recorded releases. */
export interface RecordedReleases {
  /** The masking key of what is not recorded. */
  readonly maskKey: string;
  /** Which revisions of a unit were recorded, and when. Never throws for a store that is not well. */
  revisions(unit: ApplicationRef, uid: string): Promise<RecordedRevisions>;
  /** The manifests of a revision; undefined when it was not recorded. @throws RecordFault, KubeError with status 401 */
  manifests(unit: ApplicationRef, uid: string, id: string): Promise<RecordedManifests | undefined>;
}

/** Reads records as one person: nothing leaves here that their RBAC would refuse. */
export function recordedReleases(
  recorder: Recorder,
  server: string,
  access: ClusterAccess,
  discovery: Pick<Discovery, "resolve">,
): RecordedReleases {
  const { storage } = recorder;
  const heads = async (unit: RecordedUnit): Promise<RecordHead[]> =>
    recorder.serves(server) ? await storage.heads(unitId(unit)) : [];
  return {
    maskKey: recorder.maskKey,
    async revisions(ref, uid) {
      const unit = { server, ref, uid };
      try {
        const found = await heads(unit);
        const newestFirst = found
          .flatMap(({ revisions }) => revisions)
          .toSorted((a, b) => compareText(b.recordedAt, a.recordedAt));
        const recorded = new Map<string, RecordedRevision>();
        for (const revision of newestFirst) if (!recorded.has(revision.id)) recorded.set(revision.id, revision);
        const problem = recorder.serves(server)
          ? recorder.problemOf(unit)
          : "Releases of this cluster are not recorded.";
        return { recorded, ...(problem === undefined ? {} : { problem }) };
      } catch (error) {
        if (!(error instanceof RecordFault)) throw error;
        return { recorded: new Map(), problem: error.message };
      }
    },
    async manifests(ref, uid, id) {
      const head = recordOf(await heads({ server, ref, uid }), id);
      if (!head) return undefined;
      const objects = await unpack(head.content, await storage.body(head));
      const recordedAt = head.revisions.find((revision) => revision.id === id)?.recordedAt ?? "";
      return { ...(await readableObjects(objects, access, discovery)), recordedAt, maskKey: head.maskKey };
    },
  };
}
