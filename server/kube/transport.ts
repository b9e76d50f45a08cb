import { Agent, ProxyAgent } from "undici";
import type { Dispatcher } from "undici";
import type { Authentication } from "./authenticator.ts";
import type { ClusterEndpoint } from "./credentials.ts";
import { lookupElsewhere } from "./server-policy.ts";

/** Sockets to one API server: a bounded pool for requests, and one socket for each stream. */
export interface Transport {
  requests(authentication: Authentication): Dispatcher;
  streams(authentication: Authentication): Dispatcher;
  close(): Promise<void>;
}

interface Sockets {
  readonly certificate: string;
  readonly requests: Dispatcher;
  readonly streams: Dispatcher;
}

/**
 * HTTP/1.1 on kept-alive sockets. TCP keepalive starts after 15 s of silence, so that a peer that has gone is noticed though a watch may
 * be silent for minutes. A plugin's new client certificate gets new sockets.
 */
export function createTransport(endpoint: ClusterEndpoint): Transport {
  let sockets: Sockets | undefined;
  const open = ({ certificate, key }: Authentication): Sockets => {
    if (sockets && sockets.certificate === (certificate ?? "")) return sockets;
    // Requests that are under way end by themselves; nothing new uses these.
    void sockets?.requests.close();
    void sockets?.streams.close();
    const tls = {
      ...(endpoint.ca ? { ca: endpoint.ca } : {}),
      ...(certificate && key ? { cert: certificate, key } : {}),
      ...(endpoint.tlsServerName ? { servername: endpoint.tlsServerName } : {}),
      ...(endpoint.skipTlsVerify ? { rejectUnauthorized: false } : {}),
    };
    const make = (limits: { connections?: number; bodyTimeout: number }): Dispatcher => {
      const options = { ...limits, allowH2: false, pipelining: 1, keepAliveTimeout: 30_000, headersTimeout: 0 };
      const connect = {
        ...tls,
        ...(endpoint.checkAddresses ? { lookup: lookupElsewhere } : {}),
        timeout: 10_000,
        keepAlive: true,
        keepAliveInitialDelay: 15_000,
      };
      return endpoint.proxyUrl
        ? new ProxyAgent({ ...options, uri: endpoint.proxyUrl, requestTls: tls })
        : new Agent({ ...options, connect });
    };
    sockets = {
      certificate: certificate ?? "",
      requests: make({ connections: 16, bodyTimeout: 60_000 }),
      streams: make({ bodyTimeout: 0 }),
    };
    return sockets;
  };
  return {
    requests: (authentication) => open(authentication).requests,
    streams: (authentication) => open(authentication).streams,
    async close() {
      await Promise.all([sockets?.requests.destroy(), sockets?.streams.destroy()]);
    },
  };
}
