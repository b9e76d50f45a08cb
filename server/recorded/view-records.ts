import type { History } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { StateContext } from "#server/drift/unit-state.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import type { KubeClient } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import { recordedReleases, type RecordedReleases } from "./recorded-releases.ts";
import type { Recorder } from "./recorder.ts";
import { releaseOf, type UnitPicture } from "./release-of.ts";
import { needsRecords, withRecords } from "./with-records.ts";

/** What recording needs of a view. */
export interface ViewRecordsOptions {
  readonly recorder?: Recorder | undefined;
  readonly client: Pick<KubeClient, "server">;
  readonly access: ClusterAccess;
  readonly discovery: Pick<Discovery, "resolve">;
}

/** One view's part in recording releases: it tells what is applied, and reads records as its person. Without a recorder it does nothing. */
export class ViewRecords {
  readonly #recorder: Recorder | undefined;
  readonly #server: string;
  readonly #picture: (unit: ApplicationRef) => UnitPicture;
  readonly #releases: RecordedReleases | undefined;

  constructor(
    { recorder, client, access, discovery }: ViewRecordsOptions,
    picture: (unit: ApplicationRef) => UnitPicture,
  ) {
    this.#recorder = recorder;
    this.#server = client.server;
    this.#picture = picture;
    this.#releases = recorder && recordedReleases(recorder, client.server, access, discovery);
  }

  /** Something about this unit changed: there may be a release to record. Costs next to nothing. */
  changed(unit: ApplicationRef): void {
    if (!this.#recorder || !needsRecords(unit)) return;
    this.#recorder.offer(this.#server, unit, () => Promise.resolve(releaseOf(this.#server, unit, this.#picture(unit))));
  }

  /** A history with what can be compared. @throws KubeError with status 401 */
  async history(unit: ApplicationRef, uid: string, history: History): Promise<History> {
    if (!needsRecords(unit)) return history;
    return withRecords(unit.engine, history, await this.#releases?.revisions(unit, uid));
  }

  /** What comparing states of a unit may use of the records. */
  context(unit: ApplicationRef, uid: string): Pick<StateContext, "recorded" | "maskKey"> {
    const releases = this.#releases;
    if (!releases) return {};
    return { maskKey: releases.maskKey, recorded: (id) => releases.manifests(unit, uid, id) };
  }
}
