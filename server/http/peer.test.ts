import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { isInNetworks, isNetwork } from "./networks.ts";
import { clientAddress, peerOf, recordPeers } from "./peer.ts";

/** What a real server makes of the headers that a client has sent. */
function received(headers: Record<string, string>): Promise<Request> {
  return new Promise((done, fail) => {
    const server = createServer((request, response) => {
      const pairs = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
      done(new Request("http://d/", { headers: pairs }));
      response.end();
      server.close();
    });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      get({ port, host: "127.0.0.1", headers, agent: false }).on("error", fail);
    });
  });
}

describe("the address that a request comes from", () => {
  it("is unknown as long as it is not recorded, whatever a client says", () => {
    const forged = new Request("http://d/", { headers: { "x-driftglass-peer": "10.0.0.1", "x-forwarded-for": "::1" } });
    expect(peerOf(forged)).toBeUndefined();
    expect(clientAddress(forged, { mode: "hosted", trustedProxies: ["10.0.0.0/8"] })).toBe("unknown");
  });

  it("is the connection's other end, and a client can't write over it", async () => {
    recordPeers();
    const request = await received({ "x-driftglass-peer": "10.0.0.1", "x-forwarded-for": "10.9.9.9" });
    expect(peerOf(request)).toBe("127.0.0.1");
    expect(clientAddress(request, { mode: "local" })).toBe("127.0.0.1");
  });

  it("is what trusted proxies say, from the end of the chain, because anybody may have written its beginning", async () => {
    recordPeers();
    const request = await received({ "x-forwarded-for": "1.1.1.1, 203.0.113.7, 10.0.0.5" });
    const trusted = ["127.0.0.0/8", "10.0.0.0/8"];
    expect(clientAddress(request, { mode: "hosted", trustedProxies: trusted })).toBe("203.0.113.7");
  });
});

describe("networks", () => {
  it.each([
    ["10.1.2.3", true],
    ["11.0.0.1", false],
    ["fd00::1", true],
    ["::1", true],
    ["not an address", false],
  ])("have %s: %s", (address, inside) => {
    expect(isInNetworks(["10.0.0.0/8", "fc00::/7", "::1"], address)).toBe(inside);
  });

  it.each([
    ["10.0.0.0/8", true],
    ["::1", true],
    ["10.0.0.0/33", false],
    ["proxy.example.com", false],
    ["10.0.0.0/8/8", false],
  ])("may be written %s: %s", (text, good) => {
    expect(isNetwork(text)).toBe(good);
  });
});
