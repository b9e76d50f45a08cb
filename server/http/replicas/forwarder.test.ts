import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { afterEach, expect, it, vi } from "vitest";
import { createSealer } from "../sealer.ts";
import { createForwarder } from "./forwarder.ts";

const keys = [randomBytes(48)];
const clock = { now: () => 1_000_000 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something that listens where a replica is expected; it keeps what it was sent. */
async function listener(answer: (sent: Sent) => Promise<Response>) {
  const received: Sent[] = [];
  const server = createServer((request, response) => {
    const take = async (): Promise<void> => {
      const body = await textOf(request);
      const headers = new Headers(request.headers as Record<string, string>);
      const sent = { method: request.method ?? "", path: request.url ?? "", headers, body };
      received.push(sent);
      const { status, headers: answered, body: stream } = await answer(sent);
      response.writeHead(status, Object.fromEntries(answered)).end(stream && (await new Response(stream).text()));
    };
    void take();
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

function requestOf({ method, path, headers, body }: Sent): Request {
  return new Request(`http://pod${path}`, { method, headers, ...(body !== "" && { body }) });
}

const login = (): Request =>
  new Request("http://d/api/v1/clusters?x=1", {
    method: "POST",
    headers: { host: "d", origin: "http://d", cookie: "driftglass_session=abc", "content-type": "application/json" },
    body: '{"token":"hunter2"}',
  });
const body = '{"token":"hunter2"}';

it("carries a request to the replica that serves it, and its answer back", async () => {
  const forwarders: ReturnType<typeof createForwarder>[] = [];
  const replica = await listener(async (sent) => {
    const request = await forwarders[0]?.arrived(requestOf(sent));
    if (!request) return new Response("not from a replica", { status: 400 });
    const seen = [request.method, request.headers.get("cookie"), request.headers.get("host"), await request.text()];
    const response = Response.json(seen, { status: 201, headers: { "Set-Cookie": "a=b", "X-Else": "kept back" } });
    forwarders[0]?.sign(request, response);
    return response;
  });
  forwarders.push(createForwarder(createSealer(keys), replica.url, clock));
  const sent = await createForwarder(createSealer(keys), "http://other", clock).send(login(), body, replica.url);
  if (sent.kind !== "answered") throw new Error(sent.kind);
  expect(sent.response.status).toBe(201);
  expect(await sent.response.json()).toEqual(["POST", "driftglass_session=abc", "d", body]);
  expect([sent.response.headers.get("set-cookie"), sent.response.headers.get("x-else")]).toEqual(["a=b", null]);
});

it("shows neither cookie nor body to whoever has got a replica's address, and takes nothing from them", async () => {
  const quiet = vi.spyOn(console, "error").mockReturnValue();
  const stranger = await listener(async () => Response.json({ forged: true }));
  const sent = await createForwarder(createSealer(keys), "http://other", clock).send(login(), body, stranger.url);
  expect(sent).toEqual({ kind: "gone", mayHaveBegun: false });
  const [{ headers, body: seen } = { headers: new Headers(), body: "" }] = stranger.received;
  expect(JSON.stringify([...headers]) + seen).not.toMatch(/hunter2|abc/);
  expect(quiet).toHaveBeenCalledOnce();
  quiet.mockRestore();
});

it("takes a request for another replica's, for another path, from another key or of another time for nothing", async () => {
  const stranger = await listener(async () => new Response());
  const quiet = vi.spyOn(console, "error").mockReturnValue();
  await createForwarder(createSealer(keys), "http://other", clock).send(login(), body, stranger.url);
  quiet.mockRestore();
  const [sent] = stranger.received;
  if (!sent) throw new Error("nothing was sent");
  const arrives = async (change: Partial<Sent>, url = stranger.url, key = keys, now = clock.now()) =>
    (await createForwarder(createSealer(key), url, { now: () => now }).arrived(requestOf({ ...sent, ...change }))) !==
    undefined;
  expect(await arrives({})).toBe(true);
  expect(await arrives({ path: "/api/v1/session" })).toBe(false);
  expect(await arrives({ method: "PUT" })).toBe(false);
  expect(await arrives({}, "http://third")).toBe(false);
  expect(await arrives({}, stranger.url, [randomBytes(48)])).toBe(false);
  expect(await arrives({}, stranger.url, keys, clock.now() + 3_600_000)).toBe(false);
});
