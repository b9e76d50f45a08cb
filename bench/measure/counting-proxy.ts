import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** A way to the API server on which every request is counted. */
export interface CountingProxy {
  readonly url: string;
  /** Requests since the last time, by verb: WATCH, or the method and path. */
  take(): Map<string, number>;
  close(): void;
}

/** Starts a proxy on the loopback that hands everything on, streams too. @param keys folder of the sandbox's keys: it shows the API server's own certificate */
export async function countRequests(apiServer: string, keys: string): Promise<CountingProxy> {
  const target = new URL(apiServer);
  const read = (name: string): Buffer => readFileSync(join(keys, name));
  const agent = new Agent({ ca: read("ca.crt"), keepAlive: true });
  let counts = new Map<string, number>();
  const server = createServer({ cert: read("apiserver.crt"), key: read("apiserver.key") }, (incoming, outgoing) => {
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
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
