import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { LeakScanner } from "./leak-scanner.ts";

/** A proxy in front of the dashboard through which all traffic of a test run goes, event streams included. */
export interface LeakProxy {
  readonly url: string;
  readonly scanner: LeakScanner;
  close(): void;
}

/** Path on which the proxy itself answers what it has seen. */
export const reportPath = "/__leaks";

/** Starts a proxy that scans every byte of every answer, headers too, for these values. */
export function startLeakProxy(upstream: string, values: readonly string[]): Promise<LeakProxy> {
  const target = new URL(upstream);
  const scanner = new LeakScanner(values);
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === reportPath) {
      const { leaks, bodies, bytes } = scanner;
      outgoing.setHeader("content-type", "application/json").end(JSON.stringify({ leaks, bodies, bytes }));
      return;
    }
    const forwarded = request(
      // Uncompressed, so that the bytes can be read as they pass.
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, "accept-encoding": "identity" },
      },
      (answer) => {
        const scan = scanner.body(`${incoming.method ?? ""} ${incoming.url ?? ""}`);
        scan(Buffer.from(answer.rawHeaders.join("\n")));
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on("data", (chunk: Buffer) => {
          scan(chunk);
          outgoing.write(chunk);
        });
        answer.on("end", () => outgoing.end());
        answer.on("error", () => outgoing.destroy());
      },
    );
    forwarded.on("error", () =>
      outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end("The dashboard does not answer."),
    );
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      done({
        url: `http://127.0.0.1:${port}`,
        scanner,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
