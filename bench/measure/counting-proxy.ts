import { createServer, type IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";

/** A way to the API server on which every request is counted. */
export interface CountingProxy {
  readonly url: string;
  /** Requests since the last time, by verb: WATCH, or the method and path. */
  take(): Map<string, number>;
  close(): void;
}

/** Starts a proxy on the loopback that hands everything on, streams too. @param authority path of the API server's certificate authority */
export async function countRequests(apiServer: string, authority: string): Promise<CountingProxy> {
  const target = new URL(apiServer);
  const agent = new Agent({ ca: readFileSync(authority), keepAlive: true });
  let counts = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    const verb = verbOf(incoming);
    counts.set(verb, (counts.get(verb) ?? 0) + 1);
    const { host: _host, ...headers } = incoming.headers;
    const sent = request(
      { agent, host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      },
    );
    sent.on("error", () => outgoing.destroy());
    outgoing.on("close", () => sent.destroy());
    incoming.pipe(sent);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

function verbOf({ method = "GET", url = "/" }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  return searchParams.has("watch") ? "WATCH" : `${method} ${pathname}`;
}
