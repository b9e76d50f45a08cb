import { subscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";

/** How often a server that stops looks for connections that have become idle; milliseconds. */
const interval = 50;

/**
 * Lets this process's servers stop as soon as what is under way has been answered. `server.close()` closes the connections that are idle at that
 * moment; one whose event stream ends a moment later is kept for whoever is at its other end, who will ask nothing more, for seconds (Node's
 * `keepAliveTimeout`). Next.js does not hand out its server, but each request tells which one it came to. Call it before requests come.
 *
 * @returns what closes idle connections from now on, as they come about
 */
export function recordServers(): () => void {
  const servers = new Set<Server>();
  subscribe("http.server.request.start", (message) => servers.add((message as { server: Server }).server));
  return () => {
    const close = (): void => {
      for (const server of servers) server.closeIdleConnections();
    };
    setInterval(close, interval).unref();
  };
}
