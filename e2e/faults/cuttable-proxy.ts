import { createConnection, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";

/** A way to the API server that a test can cut; TLS passes through untouched. */
export interface CuttableProxy {
  /** Where it listens: `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Connections that are open. */
  readonly open: () => number;
  /** Cuts every connection in the middle of whatever it carries; answers how many. */
  cut(): number;
  /** Carries nothing any more until told otherwise, though connections stay open and new ones are taken: what a server that hangs looks like. */
  freeze(yes: boolean): void;
  /** Delays everything that is sent to the server by so much, one piece after the other. */
  slow(milliseconds: number): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of a server on the loopback. @param target e.g. `https://127.0.0.1:6443` */
export async function startCuttableProxy(target: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  let delay = 0;
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), hostname);
    const delayed = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        if (delay === 0) done(null, chunk);
        else setTimeout(() => done(null, chunk), delay);
      },
    });
    client.pipe(delayed).pipe(upstream);
    upstream.pipe(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      if (frozen) socket.pause();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const cut = (): number => {
    const count = sockets.size;
    for (const socket of sockets) socket.destroy();
    return count;
  };
  return {
    url: `https://127.0.0.1:${address.port}`,
    open: () => sockets.size / 2,
    cut,
    freeze: (yes) => {
      frozen = yes;
      for (const socket of sockets) {
        if (yes) socket.pause();
        else socket.resume();
      }
    },
    slow: (milliseconds) => {
      delay = milliseconds;
    },
    close: async () => {
      cut();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
