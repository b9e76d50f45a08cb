import type { ClusterCredentials } from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { ClusterView } from "#server/view/view.ts";

/** What keeping a view open takes. */
export interface KeepRecordingOptions {
  /** Opens a view that records what it sees. */
  readonly acquire: (
    credentials: ClusterCredentials,
    identity: Identity,
  ) => Promise<{ readonly view: Pick<ClusterView, "ended">; release(): void }>;
  readonly identify: (credentials: ClusterCredentials) => Promise<Identity>;
  /** Runs something later, milliseconds; answers how to call it off. */
  readonly schedule: (milliseconds: number, run: () => void) => () => void;
  readonly log: (line: string) => void;
}

/** How long it takes until another try, milliseconds. */
const retryAfter = 30_000;

/**
 * Keeps one view open with an account of Driftglass' own, so that releases are recorded while nobody is logged in. Nobody else sees this view: views
 * belong to identities. Answers how to stop.
 */
export function keepRecording(credentials: ClusterCredentials, options: KeepRecordingOptions): () => void {
  let stopped = false;
  let release: (() => void) | undefined;
  let cancel: (() => void) | undefined;

  async function open(): Promise<void> {
    try {
      const lease = await options.acquire(credentials, await options.identify(credentials));
      release = () => lease.release();
      if (stopped) return release();
      options.log("Releases are recorded also while nobody is logged in.");
      const reason = await lease.view.ended;
      lease.release();
      again(reason);
    } catch (error) {
      again(error instanceof Error ? error.message : "unknown fault");
    }
  }

  function again(reason: string): void {
    release = undefined;
    if (stopped) return;
    options.log(`Releases are recorded only while somebody is logged in, for now: ${reason}`);
    cancel = options.schedule(retryAfter, () => void open());
  }

  void open();
  return () => {
    stopped = true;
    cancel?.();
    release?.();
  };
}
