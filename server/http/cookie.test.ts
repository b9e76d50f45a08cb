import { describe, expect, it } from "vitest";
import { expiredSessionCookie, sessionCookie, sessionIdOf } from "./cookie.ts";

const withCookies = (cookie: string) => new Request("http://x/", { headers: { cookie } });

describe("session cookie", () => {
  it("is HttpOnly and SameSite=Strict, and over HTTPS Secure with the __Host- name", () => {
    expect(sessionCookie("id", false, 60.9)).toBe(
      "driftglass_session=id; Path=/; HttpOnly; SameSite=Strict; Max-Age=60",
    );
    expect(sessionCookie("id", true, 60)).toBe(
      "__Host-driftglass_session=id; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60",
    );
    expect(expiredSessionCookie(true)).toContain("Max-Age=0");
  });

  it("is found among others, the __Host- one first", () => {
    expect(sessionIdOf(withCookies("a=b; driftglass_session=plain"))).toEqual({ id: "plain", secure: false });
    expect(sessionIdOf(withCookies("driftglass_session=plain; __Host-driftglass_session=host"))).toEqual({
      id: "host",
      secure: true,
    });
    expect(sessionIdOf(withCookies("xdriftglass_session=no"))).toBeUndefined();
  });
});
