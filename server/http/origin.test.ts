import { describe, expect, it } from "vitest";
import { isSecure, requireOwnHost, requireSameOrigin } from "./origin.ts";
import type { HttpConfig } from "./runtime-interface.ts";

const hosted: HttpConfig = { mode: "hosted" };
const named: HttpConfig = { mode: "hosted", publicUrl: "https://drift.example.com" };

function post(headers: Record<string, string>): Request {
  return new Request("http://internal:3000/api/v1/session", {
    method: "POST",
    headers: { host: "drift.example.com", ...headers },
  });
}

describe("requireSameOrigin", () => {
  it.each([
    ["the same origin", { origin: "http://drift.example.com", "sec-fetch-site": "same-origin" }],
    ["the same origin without fetch metadata", { origin: "http://drift.example.com" }],
    ["fetch metadata alone", { "sec-fetch-site": "same-origin" }],
    ["the same host over HTTPS behind a proxy that does not say so", { origin: "https://drift.example.com" }],
    [
      "the same origin behind a proxy that says HTTPS",
      { origin: "https://drift.example.com", "x-forwarded-proto": "https" },
    ],
  ])("takes %s", (_, headers) => {
    expect(() => requireSameOrigin(post(headers), hosted)).not.toThrow();
  });

  it.each([
    ["neither header", {}],
    ["a sibling subdomain", { origin: "http://evil.example.com", "sec-fetch-site": "same-site" }],
    ["a sibling subdomain without fetch metadata", { origin: "http://evil.example.com" }],
    ["another port of the same host", { origin: "http://drift.example.com:8080" }],
    ["an opaque origin", { origin: "null" }],
    [
      "another site that claims our origin in fetch metadata only",
      { origin: "http://drift.example.com", "sec-fetch-site": "cross-site" },
    ],
    ["plain HTTP when the proxy says HTTPS", { origin: "http://drift.example.com", "x-forwarded-proto": "https" }],
  ])("refuses %s", (_, headers) => {
    expect(() => requireSameOrigin(post(headers), hosted)).toThrow("Driftglass's own pages");
  });

  it("goes by the public URL where there is one, whatever the Host header says", () => {
    expect(() =>
      requireSameOrigin(post({ host: "internal", origin: "https://drift.example.com" }), named),
    ).not.toThrow();
    expect(() => requireSameOrigin(post({ origin: "http://drift.example.com" }), named)).toThrow("own pages");
  });
});

describe("isSecure", () => {
  it("is told by the public URL, by the proxy, or by the browser's Origin", () => {
    expect(isSecure(post({}), named)).toBe(true);
    expect(isSecure(post({ "x-forwarded-proto": "https" }), hosted)).toBe(true);
    expect(isSecure(post({ origin: "https://drift.example.com" }), hosted)).toBe(true);
    expect(isSecure(post({ origin: "http://drift.example.com" }), hosted)).toBe(false);
  });
});

describe("requireOwnHost", () => {
  it("lets only loopback names in when Driftglass runs locally (DNS rebinding)", () => {
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"])
      expect(() => requireOwnHost(post({ host }), { mode: "local" })).not.toThrow();
    for (const host of ["rebound.example.com:3000", "localhost.example.com", "127.0.0.1.example.com"]) {
      expect(() => requireOwnHost(post({ host }), { mode: "local" })).toThrow("local use");
    }
    expect(() => requireOwnHost(post({ host: "anything" }), hosted)).not.toThrow();
  });
});
