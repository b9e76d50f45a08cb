import { describe, expect, it } from "vitest";
import { namesItsOwner, tokenExpiry } from "./token-expiry.ts";

const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;

describe("tokenExpiry", () => {
  it("reads when a JWT expires", () => {
    expect(tokenExpiry(jwt({ exp: 1_700_000_000 }))).toBe(1_700_000_000_000);
  });
  it("knows nothing of tokens that are no JWT or do not say", () => {
    for (const token of [undefined, "", "opaque", "a.b.c", jwt({}), jwt({ exp: "soon" }), jwt(null)])
      expect(tokenExpiry(token)).toBeUndefined();
  });
});

describe("namesItsOwner", () => {
  it("is true of a JWT with a subject and of nothing else", () => {
    expect(namesItsOwner(jwt({ sub: "system:serviceaccount:a:b" }))).toBe(true);
    for (const token of [undefined, "", "opaque", "a.b.c", jwt({}), jwt({ sub: 7 }), jwt(null)])
      expect(namesItsOwner(token)).toBe(false);
  });
});
