/** Starts the server's runtime with the process, without waiting for it: requests are served at once, and `/readyz` tells. */
export async function register(): Promise<void> {
  // Written this way and not as an early return, so that the bundle for other runtimes leaves the import out.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const [{ startRuntime }, { recordPeers }, { recordServers }] = await Promise.all([
      import("#server/runtime.ts"),
      import("#server/http/peer.ts"),
      import("#server/http/idle-connections.ts"),
    ]);
    recordPeers();
    const closeIdleConnections = recordServers();
    const started = startRuntime();
    started.catch((error: unknown) => console.error("[driftglass] can't start:", error));
    // Next.js waits for open connections without limit when it is told to stop; event streams would never end by themselves.
    const stop = (): void => {
      closeIdleConnections();
      started
        .then((running) => running.dispose())
        .catch((error: unknown) => console.error("[driftglass] can't stop cleanly:", error));
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  }
}
