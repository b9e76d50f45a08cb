import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { Revision } from "#lib/model/revision.ts";
import { KubeError } from "#server/kube/client.ts";
import { Semaphore } from "#server/tools/semaphore.ts";
import type { EngineIo } from "../io.ts";
import { ReleaseDecodeError } from "./decode.ts";
import { listRecords, readRelease, readSummary, type ReleaseRecord } from "./records.ts";
import type { MaskedRelease, ReleaseSummary } from "./release.ts";
import { releaseOf, type ReleaseName } from "./release-name.ts";

/** As many as `helm history` shows. */
const mostRevisions = 256;

/**
 * The revisions of a Helm release (of engine `helm`, or of a HelmRelease), newest first, as `helm history` tells them. A record that can't be decoded
 * or read is listed with the reason and what its labels say.
 * @throws KubeError when the records can't be listed.
 */
export async function helmHistory(unit: ApplicationRef, io: EngineIo, signal?: AbortSignal): Promise<Revision[]> {
  const name = releaseName(unit, io);
  const records = (await listRecords(name.storageNamespace, name.release, io)).slice(0, mostRevisions);
  const current = currentOf(records);
  const turns = new Semaphore(4);
  return Promise.all(
    records.map((record) =>
      turns.run(async () => {
        try {
          const summary = await readSummary(record, io);
          // A HelmRelease counts by its chart, a plain release by its revisions.
          const revision = unit.engine === "helm" ? undefined : summary.chartVersion;
          return toRevision(record, summary, revision ?? String(record.version), record === current);
        } catch (error) {
          return unreadableRevision(record, reasonOf(error), record === current);
        }
      }, signal),
    ),
  );
}

/** One revision's masked content. @throws ReleaseDecodeError or KubeError; Error when there is no such revision. */
export async function helmRevision(unit: ApplicationRef, version: number, io: EngineIo): Promise<MaskedRelease> {
  const name = releaseName(unit, io);
  const records = await listRecords(name.storageNamespace, name.release, io);
  const record = records.find((candidate) => candidate.version === version);
  if (!record)
    throw new ReleaseDecodeError(
      `There is no revision ${version} of ${name.release} in ${name.storageNamespace} (any more).`,
    );
  return readRelease(record, io);
}

/** The masked content of the deployed revision, else of the newest one. @throws ReleaseDecodeError or KubeError */
export async function deployedRelease(unit: ApplicationRef, io: EngineIo): Promise<MaskedRelease> {
  const name = releaseName(unit, io);
  const records = await listRecords(name.storageNamespace, name.release, io);
  const record = currentOf(records);
  if (!record)
    throw new ReleaseDecodeError(`There is no release ${name.release} in ${name.storageNamespace} (any more).`);
  return readRelease(record, io);
}

/** Which release a unit of engine `helm` or `flux-helmrelease` is. */
export function releaseName(unit: ApplicationRef, io: EngineIo): ReleaseName {
  if (unit.engine !== "flux-helmrelease") return { storageNamespace: unit.namespace, release: unit.name };
  return releaseOf(
    io.store.get(
      resourceKey({ group: "helm.toolkit.fluxcd.io", kind: "HelmRelease", namespace: unit.namespace, name: unit.name }),
    )?.object,
    unit,
  );
}

/** What `helm` takes for the release: the deployed revision, else the newest. */
function currentOf(records: readonly ReleaseRecord[]): ReleaseRecord | undefined {
  return records.find((record) => record.status === "deployed") ?? records[0];
}

function toRevision(record: ReleaseRecord, summary: ReleaseSummary, revision: string, current: boolean): Revision {
  const whyNot = whyNotRestorable(summary.status);
  return {
    id: String(record.version),
    revision,
    ...(summary.updated === undefined ? {} : { deployedAt: summary.updated }),
    status: summary.status,
    ...(summary.status === "failed" ? { failed: true } : {}),
    ...(summary.description === "" ? {} : { message: summary.description }),
    chart: summary.chart,
    appVersion: summary.appVersion,
    current,
    restorable: whyNot === undefined,
    ...(whyNot === undefined ? {} : { whyNot }),
    comparable: true,
  };
}

function unreadableRevision(record: ReleaseRecord, reason: string, current: boolean): Revision {
  return {
    id: String(record.version),
    revision: String(record.version),
    ...(record.writtenAt === undefined ? {} : { deployedAt: record.writtenAt }),
    status: record.status,
    ...(record.status === "failed" ? { failed: true } : {}),
    current,
    restorable: false,
    whyNot: `Its record can't be used: ${reason}.`,
    comparable: false,
  };
}

function whyNotRestorable(status: string): string | undefined {
  if (status.startsWith("pending-")) return "It was never finished.";
  if (status === "uninstalling") return "It is being uninstalled.";
  return undefined;
}

/** An expected fault in words, without a full stop; anything else is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof ReleaseDecodeError || error instanceof KubeError) return error.message.replace(/\.$/, "");
  throw error;
}
