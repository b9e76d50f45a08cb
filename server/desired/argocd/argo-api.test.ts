import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createArgoApi } from "./argo-api.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

async function answering(listener: RequestListener, base = "/"): Promise<ReturnType<typeof createArgoApi>> {
  server = createServer(listener);
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const url = new URL(base, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return createArgoApi({ url }, "planted-token", { maskText: (text) => text.replace("secret", "‹masked›") });
}

describe("a question to Argo CD's API server", () => {
  it("has the token in a header alone, below the path that the operator gave", async () => {
    const seen: unknown[] = [];
    const api = await answering((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.end("{}");
    }, "/argo/");
    await api.ask("/api/v1/applications/a%2Fb", [["appNamespace", "x&y"]]);
    expect(seen).toEqual(["/argo/api/v1/applications/a%2Fb?appNamespace=x%26y", "Bearer planted-token"]);
  });

  it("is not led elsewhere by the answer", async () => {
    let asked = 0;
    const api = await answering((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    await expect(api.ask("/api")).rejects.toMatchObject({ refusal: "unexpected" });
    expect(asked).toBe(1);
  });

  it("says what is wrong, without the token and with values masked", async () => {
    const api = await answering((_request, response) =>
      response.writeHead(500).end(JSON.stringify({ message: "failed on secret" })),
    );
    await expect(api.ask("/api")).rejects.toThrow("Argo CD's API server answered 500: failed on ‹masked›.");
  });
});
