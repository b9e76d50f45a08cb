import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { Agent, request as send } from "undici";
import { z } from "zod";
import { readText } from "../body.ts";
import type { Clock } from "../clock.ts";
import { peerHeader, peerOf } from "../peer.ts";
import type { Sealer } from "../sealer.ts";
import { movedHeader } from "./moved-header.ts";
import { Pulse } from "./pulse.ts";

/** What came of sending a request on. */
export type Sent =
  | { readonly kind: "answered"; readonly response: Response }
  /** The replica does not serve that session any more. */
  | { readonly kind: "moved" }
  /** The replica does not answer. Unless it may have begun, nothing has happened. */
  | { readonly kind: "gone"; readonly mayHaveBegun: boolean };

/** Sends requests on to the replica that serves their session, and takes those that others send. */
export interface Forwarder {
  /** @param text the request's body, where it has one */
  send(request: Request, text: string | undefined, home: string): Promise<Sent>;
  /** A request that another replica has sent on, as it came there; undefined for every other. */
  arrived(request: Request): Promise<Request | undefined>;
  /** Whether this is what {@link arrived} has answered. */
  hasArrived(request: Request): boolean;
  /** Shows in the answer to such a request that it is from one of us. */
  sign(request: Request, response: Response): void;
  close(): Promise<void>;
}

const forwardedHeader = "x-driftglass-forwarded";
const servedHeader = "x-driftglass-served";

/** What goes with a request, sealed: whoever has got the address of a replica that is gone reads neither cookies nor credentials. */
const envelopeSchema = z.object({
  nonce: z.string(),
  home: z.string(),
  method: z.string(),
  path: z.string(),
  at: z.number(),
  peer: z.string(),
  cookie: z.string(),
});

/** Milliseconds: for a connection; for the answer of a replica that is asked whether it lives; that an envelope is good for, on clocks that differ. */
const times = { connect: 1_500, probe: 2_000, envelope: 300_000 };
const notConnected = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);
/** Of the hop, or sealed. */
const keptBack = new Set(
  "accept-encoding connection content-length cookie expect keep-alive te trailer transfer-encoding upgrade".split(" "),
);
const passedOn =
  "allow cache-control content-disposition content-type location retry-after set-cookie x-accel-buffering x-request-id";

/** @param own this replica's URL, as the others call it */
export function createForwarder(sealer: Sealer, own: string, clock: Clock): Forwarder {
  const nonces = new WeakMap<Request, string>();
  const agent = new Agent({ connect: { timeout: times.connect }, headersTimeout: 0, bodyTimeout: 0 });
  // A connection that is used again may be closed at that moment: then nobody knows whether a change was begun.
  const fresh = new Agent({ connect: { timeout: times.connect }, headersTimeout: 0, bodyTimeout: 0, pipelining: 0 });
  const isAlive = async (home: string): Promise<boolean> => {
    try {
      const signal = AbortSignal.timeout(times.probe);
      const { statusCode, body } = await send(`${home}/healthz`, { dispatcher: fresh, signal });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  };
  const pulse = new Pulse(isAlive);
  return {
    async send(request, text, home) {
      const { pathname, search } = new URL(request.url);
      const nonce = randomUUID();
      const envelope: z.infer<typeof envelopeSchema> = {
        nonce,
        home,
        method: request.method,
        path: pathname + search,
        at: clock.now(),
        peer: peerOf(request) ?? "",
        cookie: request.headers.get("cookie") ?? "",
      };
      const headers: Record<string, string> = { [forwardedHeader]: sealer.seal("forwarded", envelope) };
      for (const [name, value] of request.headers)
        if (!keptBack.has(name) && name !== peerHeader && name !== forwardedHeader) headers[name] = value;
      const given = new AbortController();
      const abort = (): void => given.abort();
      request.signal.addEventListener("abort", abort, { once: true });
      let dead = false;
      const unwatch = pulse.watch(home, () => {
        dead = true;
        abort();
      });
      try {
        const answer = await send(home + pathname + search, {
          method: request.method as "GET",
          headers,
          dispatcher: text === undefined ? agent : fresh,
          signal: given.signal,
          ...(text !== undefined && { body: sealer.seal("forwarded body", text) }),
        });
        // Whoever reads it learns of a fault in the middle; without a listener it would end the process.
        answer.body.on("error", () => undefined);
        // An event stream may be silent for long: whether its replica still lives is asked as long as it is open.
        answer.body.once("close", unwatch);
        if (sealer.open("served", String(answer.headers[servedHeader] ?? "")) !== nonce) {
          answer.body.destroy();
          console.error(`[driftglass] ${home} is no replica of this Driftglass any more, or has another key`);
          return { kind: "gone", mayHaveBegun: false };
        }
        if (answer.headers[movedHeader] !== undefined) {
          await answer.body.dump();
          return { kind: "moved" };
        }
        return { kind: "answered", response: responseOf(answer) };
      } catch (error) {
        unwatch();
        if (request.signal.aborted) return { kind: "answered", response: new Response(null, { status: 499 }) };
        const code = (error as { code?: string }).code ?? "";
        console.error(`[driftglass] ${home} does not answer: ${dead ? "it hangs" : code}`);
        return { kind: "gone", mayHaveBegun: !notConnected.has(code) };
      }
    },
    async arrived(request) {
      const sealed = request.headers.get(forwardedHeader);
      const opened = envelopeSchema.safeParse(sealed === null ? undefined : sealer.open("forwarded", sealed));
      if (!opened.success) return undefined;
      const { nonce, home, method, path, at, peer, cookie } = opened.data;
      const { pathname, search } = new URL(request.url);
      if (home !== own || method !== request.method || path !== pathname + search) return undefined;
      if (Math.abs(clock.now() - at) > times.envelope) return undefined;
      const headers = new Headers(request.headers);
      headers.delete(forwardedHeader);
      headers.set("cookie", cookie);
      headers.set(peerHeader, peer);
      const text = request.body ? sealer.open("forwarded body", await readText(request)) : undefined;
      const { signal } = request;
      const as = new Request(request.url, { method, headers, signal, ...(typeof text === "string" && { body: text }) });
      nonces.set(as, nonce);
      return as;
    },
    hasArrived: (request) => nonces.has(request),
    sign(request, response) {
      const nonce = nonces.get(request);
      if (nonce !== undefined) response.headers.set(servedHeader, sealer.seal("served", nonce));
    },
    async close() {
      await Promise.all([agent.destroy(), fresh.destroy()]);
    },
  };
}

function responseOf({ statusCode, headers, body }: Awaited<ReturnType<typeof send>>): Response {
  const passed = new Headers();
  for (const name of passedOn.split(" ")) for (const value of [headers[name] ?? []].flat()) passed.append(name, value);
  const empty = statusCode === 204 || statusCode === 304;
  if (empty) void body.dump();
  // The streams of Node and of the web are typed apart.
  const stream = empty ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>);
  return new Response(stream, { status: statusCode, headers: passed });
}
