import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { KubeClient } from "./client.ts";
import type { ClusterCredentials } from "./credentials.ts";
import { createKubeClient } from "./kube-client.ts";
import { splitLines } from "./watch-lines.ts";

// A plain HTTP server stands in for faults that no real API server makes on demand; reflector.cluster.test.ts has a real one.
let server: Server | undefined;
let client: KubeClient | undefined;

afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  credentials: Partial<ClusterCredentials> = {},
): Promise<KubeClient> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  client = createKubeClient({ cluster: "c", server: `http://127.0.0.1:${port}`, token: "t0ken-0815", ...credentials });
  return client;
}

const status = (code: number, reason: string, message: string, details: object = {}): string =>
  JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message, details });

describe("the client", () => {
  it("sends method, query, body, token and impersonation", async () => {
    let seen = "";
    const made = await serve(
      (request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString()));
        request.on("end", () => {
          seen = [
            request.method,
            request.url,
            request.headers.authorization,
            request.headers["content-type"],
            request.headers["impersonate-user"],
            body,
          ].join(" | ");
          response.end('{"ok":true}');
        });
      },
      { impersonate: { user: "jane" } },
    );
    const answer = await made.request({
      method: "PATCH",
      path: "/api/v1/x",
      query: { a: "b c", n: 1, none: undefined },
      body: [1],
      contentType: "application/json-patch+json",
    });
    expect(answer).toEqual({ ok: true });
    expect(seen).toBe("PATCH | /api/v1/x?a=b+c&n=1 | Bearer t0ken-0815 | application/json-patch+json | jane | [1]");
  });

  it("tells errors in the API server's words, without secret values", async () => {
    const made = await serve((_, response) => {
      response.statusCode = 422;
      response.end(status(422, "Invalid", 'Secret "x" is invalid: data[p]: Invalid value: "planted": must be base64'));
    });
    await expect(made.request({ path: "/" })).rejects.toMatchObject({
      status: 422,
      reason: "Invalid",
      message: expect.not.stringContaining("planted") as unknown,
    });
  });

  it("tells how long to wait, by header or by details", async () => {
    let header = true;
    const made = await serve((_, response) => {
      response.statusCode = 429;
      if (header) response.setHeader("retry-after", "3");
      response.end(status(429, "TooManyRequests", "later", { retryAfterSeconds: 5 }));
      header = false;
    });
    await expect(made.request({ path: "/" })).rejects.toMatchObject({ status: 429, retryAfter: 3 });
    await expect(made.request({ path: "/" })).rejects.toMatchObject({ status: 429, retryAfter: 5 });
  });

  it("does not follow redirects", async () => {
    const made = await serve((_, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    });
    await expect(made.request({ path: "/" })).rejects.toMatchObject({ status: 302 });
  });

  it("says so when nobody answers, when it takes too long and when it is cancelled", async () => {
    const made = await serve(() => undefined);
    await expect(made.request({ path: "/", timeout: 50 })).rejects.toMatchObject({ status: 0, reason: "Timeout" });
    await expect(made.request({ path: "/", signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      status: 0,
      reason: "Aborted",
    });
    client = createKubeClient({ cluster: "c", server: "http://127.0.0.1:1", token: "t" });
    await expect(client.request({ path: "/" })).rejects.toMatchObject({
      status: 0,
      reason: "Unreachable",
      message: "127.0.0.1:1 refuses connections: the API server is not running there.",
    });
    client = createKubeClient({ cluster: "c", server: "http://no-such-host.invalid", token: "t" });
    await expect(client.request({ path: "/" })).rejects.toMatchObject({ status: 0, reason: "Unreachable" });
  });

  it("does not quote an answer that is no JSON", async () => {
    const made = await serve((_, response) => response.end("planted <html>"));
    await expect(made.request({ path: "/" })).rejects.toMatchObject({
      status: 0,
      message: expect.not.stringContaining("planted") as unknown,
    });
  });

  it("streams without a time limit after the first byte, and lets go when the reader stops", async () => {
    let closed = false;
    const made = await serve((request, response) => {
      response.write("one\n");
      request.on("close", () => (closed = true));
    });
    for await (const lines of splitLines(await made.stream({ path: "/", timeout: 200 }))) {
      expect(lines).toEqual(["one"]);
      await sleep(300);
      break;
    }
    await expect.poll(() => closed).toBe(true);
  });

  it("lets the server wait while the reader is busy", async () => {
    let written = 0;
    const made = await serve((_, response) => {
      const chunk = Buffer.alloc(65_536, 97);
      const write = (): void => {
        while (written < 400 && response.write(chunk)) written++;
        if (written < 400) response.once("drain", () => (written++, write()));
        else response.end();
      };
      write();
    });
    const iterator = (await made.stream({ path: "/" }))[Symbol.asyncIterator]();
    await iterator.next();
    await sleep(200);
    expect(written).toBeLessThan(400);
    let size = 0;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) size += next.value.length;
    expect(size).toBeGreaterThan(390 * 65_536);
  });

  it("tells a connection that breaks within a stream", async () => {
    const made = await serve((request, response) => {
      response.write("one\n");
      setTimeout(() => request.socket.destroy(), 20);
    });
    const stream = await made.stream({ path: "/" });
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toMatchObject({ status: 0, reason: "Unreachable" });
  });

  it("opens a stream beside many others", async () => {
    const made = await serve((_, response) => void response.write("x\n"));
    const streams = await Promise.all(Array.from({ length: 60 }, () => made.stream({ path: "/" })));
    expect(streams).toHaveLength(60);
    await Promise.all(
      streams.map(async (stream) => {
        for await (const _ of stream) break;
      }),
    );
  });
});
