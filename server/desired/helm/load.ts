import type { ApplicationRef } from "#lib/model/application.ts";
import type { DesiredFacts, DesiredState } from "../desired-state.ts";
import type { EngineIo } from "../io.ts";
import { releaseName } from "./history.ts";
import { manifestObjects } from "./manifest-objects.ts";
import { listRecords, readRelease } from "./records.ts";
import type { MaskedRelease } from "./release.ts";

/**
 * The desired state of a release: the manifest of the revision that Helm calls deployed (else of the one that a HelmRelease's status names, or the newest). Facts tell of the same
 * revision's chart; description, notes and hooks are the newest one's, as `helm status` has them: they say why an upgrade failed.
 * @throws ReleaseDecodeError, KubeError
 */
export async function loadRelease(unit: ApplicationRef, key: string, io: EngineIo): Promise<DesiredState> {
  const name = releaseName(unit, io);
  const records = await listRecords(name.storageNamespace, name.release, io);
  const newest = records[0];
  const wanted =
    records.find((record) => record.status === "deployed") ??
    records.find((record) => record.version === name.version) ??
    newest;
  if (!newest || !wanted) {
    const error = `There is no release record of ${name.release} in ${name.storageNamespace}.`;
    return { key, objects: [], exactness: "local", error };
  }
  const release = await readRelease(wanted, io);
  const latest = newest === wanted ? release : await readRelease(newest, io);
  return {
    key,
    objects: manifestObjects(release, io.discovery),
    fieldManager: unit.engine === "flux-helmrelease" ? "helm-controller" : "helm",
    exactness: "dry-run",
    facts: factsOf(release, latest),
    scrub: release.scrub,
  };
}

function factsOf(release: MaskedRelease, latest: MaskedRelease): DesiredFacts {
  const { description } = latest.summary;
  const { notes } = latest.documents;
  const attempted = latest.chartVersion === release.chartVersion ? undefined : latest.chartVersion;
  return {
    ...(release.chartName === undefined ? {} : { chart: release.chartName }),
    ...(release.chartVersion === undefined ? {} : { chartVersion: release.chartVersion }),
    ...(release.appVersion === undefined ? {} : { appVersion: release.appVersion }),
    ...(description === "" ? {} : { description }),
    ...(notes === "" ? {} : { notes }),
    ...(release.info.lastDeployed === undefined ? {} : { lastDeployed: release.info.lastDeployed }),
    ...(latest === release || latest.info.lastDeployed === undefined ? {} : { attemptedAt: latest.info.lastDeployed }),
    ...(attempted === undefined ? {} : { attemptedVersion: attempted }),
    ...(latest.hooks.length === 0 ? {} : { hooks: latest.hooks }),
    applyMethod: release.applyMethod,
  };
}
