import { createServer, request as send, type IncomingMessage, type ServerResponse } from "node:http";

/** A proxy in front of several replicas that sends each request to the next one, whoever it comes from. */
export interface RoundRobin {
  readonly url: string;
  /** Whom requests go to in turn; a replica that can't be reached is passed over, as a Service passes over an endpoint that has gone. */
  replicas: readonly string[];
  /** Asks this one first from now on, whatever it was that came last; in turn again without one. */
  prefer(replica?: string): void;
  /** Requests that each has answered. */
  readonly answered: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Starts one, at first without replicas: they want to know its URL. */
export async function startRoundRobin(): Promise<RoundRobin> {
  const answered = new Map<string, number>();
  let replicas: readonly string[] = [];
  let turn = 0;
  let preferred: string | undefined;
  const pass = (request: IncomingMessage, response: ServerResponse, body: Buffer, left: readonly string[]): void => {
    const [replica, ...others] = left;
    if (replica === undefined) {
      response.writeHead(502).end();
      return;
    }
    let connected = false;
    const upstream = send(
      new URL(request.url ?? "/", replica),
      // A connection of its own for each: what is kept open would be the stickiness that nobody promises.
      { method: request.method, headers: request.headers, agent: false },
      (answer) => {
        answered.set(replica, (answered.get(replica) ?? 0) + 1);
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
        answer.pipe(response);
        answer.on("error", () => response.destroy());
        answer.on("aborted", () => response.destroy());
      },
    );
    upstream.on("socket", (socket) => socket.once("connect", () => (connected = true)));
    upstream.on("error", () => {
      // What only reads may be asked of the next one, as proxies do.
      const repeatable = !connected || request.method === "GET";
      if (repeatable && !response.headersSent) pass(request, response, body, others);
      else response.destroy();
    });
    response.on("close", () => upstream.destroy());
    upstream.end(body);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      turn = preferred === undefined ? (turn + 1) % replicas.length : replicas.indexOf(preferred);
      pass(request, response, Buffer.concat(chunks), [...replicas.slice(turn), ...replicas.slice(0, turn)]);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get replicas() {
      return replicas;
    },
    set replicas(those) {
      replicas = those;
    },
    prefer: (replica) => {
      preferred = replica;
    },
    answered,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
