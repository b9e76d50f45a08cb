import type { Masker } from "#server/kube/redaction/masker.ts";
import { keepRecording, type KeepRecordingOptions } from "./keep-recording.ts";
import { inClusterServer } from "#server/kube/own-account.ts";
import { openStorage } from "./open-storage.ts";
import { Recorder } from "./recorder.ts";
import type { RecordsConfig } from "./records-config.ts";

/** What the records need of the process's configuration. */
export interface RecordsSettings {
  readonly mode: "local" | "hosted";
  readonly records?: RecordsConfig | undefined;
  /** Hosts of API servers that the operator has named. */
  readonly apiServers: readonly string[];
  readonly clusterCaPath: string;
}

/** An open store: the process masks with its key, so that values can be compared across restarts and replicas. */
export interface OpenRecords {
  readonly maskKey: Uint8Array;
  /** Looks by itself at what is applied, where that is wanted; answers how to stop. */
  watch(views: Pick<KeepRecordingOptions, "acquire" | "identify">): () => void;
  recorder(masker: Pick<Masker, "maskObject">): Recorder;
}

const schedule = (milliseconds: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};

const log = (line: string): void => console.warn(line);

/**
 * Opens the store that the configuration names; undefined where nothing is recorded. A store that does not answer is tried again later.
 * @throws CredentialError when the kubeconfig for it can't be used
 */
export async function openRecords({
  mode,
  records,
  apiServers,
  clusterCaPath,
}: RecordsSettings): Promise<OpenRecords | undefined> {
  if (!records) return undefined;
  const { storage, maskKey, credentials } = await openStorage(records.place, clusterCaPath, log);
  // Whoever brings a kubeconfig of a cluster of their own could fill the store, or pretend to be a cluster that is recorded.
  const known = (url: string): boolean =>
    url === inClusterServer || url === credentials?.server || apiServers.some((host) => isHost(url, host));
  return {
    maskKey,
    watch: (views) =>
      records.watch && credentials ? keepRecording(credentials, { ...views, schedule, log }) : () => undefined,
    recorder: (masker) =>
      new Recorder({
        storage,
        masker,
        maskKey,
        limits: records.limits,
        serves: mode === "local" ? () => true : known,
        now: () => new Date().toISOString(),
        schedule,
        log,
      }),
  };
}

function isHost(url: string, host: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.host === host || parsed.hostname === host);
}
