import { channel, subscribe } from "node:diagnostics_channel";
import { isInNetworks } from "./networks.ts";
import type { HttpConfig } from "./runtime-interface.ts";

/** Carries the address of the connection's other end. */
export const peerHeader = "x-driftglass-peer";
/** Has a listener once peers are recorded: start-up code and route handlers share nothing else that is this early. */
const recorded = "driftglass.peers-recorded";

/**
 * Has every request of this process carry the address of its connection's other end. Next.js does not tell it to route handlers, and
 * `X-Forwarded-For` is whatever somebody has sent. Call it before requests come; what a client sends under this name is written over.
 */
export function recordPeers(): void {
  if (channel(recorded).hasSubscribers) return;
  subscribe(recorded, () => undefined);
  subscribe("http.server.request.start", (message) => {
    const { request, socket } = message as {
      request: { headers: Record<string, unknown> };
      socket: { remoteAddress?: string };
    };
    request.headers[peerHeader] = socket.remoteAddress ?? "";
  });
}

/** The address of the connection's other end; undefined where it is not recorded, because then it could be forged. */
export function peerOf(request: Request): string | undefined {
  if (!channel(recorded).hasSubscribers) return undefined;
  const address = request.headers.get(peerHeader) ?? "";
  return address === "" ? undefined : address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/**
 * The address that a login is counted under: the nearest one that is no trusted proxy. What `X-Forwarded-For` says is taken from trusted
 * proxies alone, from its end, because anybody may have written its beginning.
 */
export function clientAddress(request: Request, { trustedProxies = [] }: HttpConfig): string {
  const peer = peerOf(request);
  if (peer === undefined) return "unknown";
  const chain = (request.headers.get("x-forwarded-for") ?? "").split(",").map((each) => each.trim());
  let nearest = peer;
  while (isInNetworks(trustedProxies, nearest)) {
    const before = chain.pop();
    if (before === undefined || before === "") break;
    nearest = before;
  }
  return nearest;
}
