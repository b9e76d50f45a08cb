import { KubeError } from "./client.ts";
import type { KubeClient } from "./client.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";

/** Whom a heartbeat asks and tells. */
export interface HeartbeatOptions {
  readonly client: Pick<KubeClient, "request">;
  readonly clock?: Clock;
  /** Milliseconds between questions; 10 s unless told. */
  readonly interval?: number;
  /** Whether there is anything to ask: not while the watches themselves tell that the API server is there. Always, unless told. */
  readonly needed?: () => boolean;
  /** The API server answered (whatever it answered). */
  readonly onAlive: () => void;
  /** It did not, twice in a row: every watch should be made anew (`Reflector.suspect`). Told again at each further silence. */
  readonly onLost: (message: string) => void;
}

/**
 * Asks one light question (`/version`, which everyone may ask) from time to time, because a silent watch tells nothing about its connection: bookmarks come
 * once a minute at best, and TCP notices a peer that vanished only after minutes. Any answer counts as life, refusals too. Returns the end.
 */
export function startHeartbeat({
  client,
  clock = systemClock,
  interval = 10_000,
  needed = () => true,
  onAlive,
  onLost,
}: HeartbeatOptions): () => void {
  const stopped = new AbortController();
  void (async () => {
    for (let silent = 0; !stopped.signal.aborted;) {
      await clock.wait(silent === 1 ? 1_000 : interval, stopped.signal);
      if (stopped.signal.aborted) return;
      if (!needed()) {
        silent = 0;
        continue;
      }
      const fault = await ask(client, stopped.signal);
      if (stopped.signal.aborted) return;
      silent = fault === undefined ? 0 : silent + 1;
      if (fault === undefined) onAlive();
      else if (silent >= 2) onLost(fault);
    }
  })();
  return () => stopped.abort();
}

async function ask(client: Pick<KubeClient, "request">, signal: AbortSignal): Promise<string | undefined> {
  try {
    await client.request({ path: "/version", timeout: 5_000, signal });
    return undefined;
  } catch (fault) {
    return fault instanceof KubeError && fault.status === 0 && fault.reason !== "Untrusted" ? fault.message : undefined;
  }
}
