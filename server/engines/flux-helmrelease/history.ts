import type { ApplicationRef } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { ReadContext } from "../engine.ts";
import { type Snapshot, viewHelmRelease } from "./kind.ts";
import { deployedSnapshot } from "./sync.ts";

/**
 * The Helm revisions of a HelmRelease, newest first: `status.history`, which goes back to the previous good release, joined
 * with the release records, which go back further but tell no chart by their labels. The id is the Helm revision's number.
 */
export function helmReleaseHistory(unit: ApplicationRef, { store }: ReadContext): Revision[] | undefined {
  const view = viewHelmRelease(unit, store);
  if (view === undefined) return undefined;
  const records = new Map(view.records.map((record) => [record.version, record]));
  const snapshots = new Map(view.history.map((snapshot) => [snapshot.version, snapshot]));
  const current = deployedSnapshot(view)?.version;
  const versions = [...new Set([...records.keys(), ...snapshots.keys()])].sort((a, b) => b - a);
  return versions.map((version) => {
    const snapshot = snapshots.get(version);
    const record = records.get(version);
    const status = record?.status ?? snapshot?.status ?? "unknown";
    const deployedAt = snapshot?.lastDeployed || record?.createdAt;
    const whyNot = reasonAgainst(version === current, status, record !== undefined);
    return {
      id: String(version),
      revision: snapshot?.chartVersion || String(version),
      current: version === current,
      status,
      restorable: whyNot === undefined,
      ...(whyNot !== undefined && { whyNot }),
      ...(deployedAt !== undefined && deployedAt !== "" && { deployedAt }),
      ...(status === "failed" && { failed: true }),
      ...chartOf(snapshot),
      comparable: record !== undefined,
    };
  });
}

function chartOf(snapshot: Snapshot | undefined): Pick<Revision, "chart" | "appVersion" | "message"> {
  if (snapshot === undefined) return {};
  return {
    chart: `${snapshot.chartName}-${snapshot.chartVersion}`,
    ...(snapshot.appVersion !== "" && { appVersion: snapshot.appVersion }),
    ...(snapshot.action !== "" && { message: snapshot.action }),
  };
}

function reasonAgainst(current: boolean, status: string, hasRecord: boolean): string | undefined {
  if (current) return "this revision is deployed now";
  if (!hasRecord) return "its release record is gone, or you may not read it";
  if (status === "failed" || status.startsWith("pending-")) return `it never became healthy (${status})`;
  return undefined;
}
