import { describe, expect, it, vi } from "vitest";
import { OidcFault } from "./oidc-fault.ts";
import { OidcTokenSource, type OidcTokens } from "./oidc-token-source.ts";

const minute = 60_000;

function setUp(first: Partial<OidcTokens> = {}) {
  const clock = { time: 1_000_000, now: () => clock.time };
  let number = 1;
  const refresh = vi.fn(async (_used: string): Promise<OidcTokens> => ({
    idToken: `id-${(number += 1)}`,
    expiresAt: clock.time + 10 * minute,
    refreshToken: `refresh-${number}`,
  }));
  const revoke = vi.fn(async () => undefined);
  const tokens = { idToken: "id-1", expiresAt: clock.time + 10 * minute, refreshToken: "refresh-1", ...first };
  return { clock, refresh, revoke, source: new OidcTokenSource(tokens, { refresh, revoke }, clock) };
}

describe("OidcTokenSource", () => {
  it("gives the token while it is good, and the next one a minute before its end", async () => {
    const { source, clock, refresh } = setUp();
    expect(await source.current()).toBe("id-1");
    clock.time += 8 * minute;
    expect(await source.current()).toBe("id-1");
    expect(refresh).not.toHaveBeenCalled();
    clock.time += minute + 1;
    expect(await source.current()).toBe("id-2");
  });

  it("uses each refresh token once, however many ask at the same time", async () => {
    const { source, clock, refresh } = setUp();
    clock.time += 10 * minute;
    expect(await Promise.all([source.current(), source.current()])).toEqual(["id-2", "id-2"]);
    clock.time += 10 * minute;
    await source.current();
    expect(refresh.mock.calls).toEqual([["refresh-1"], ["refresh-2"]]);
  });

  it("goes on with the old token while the provider does not answer, and leaves it alone for a moment", async () => {
    const { source, clock, refresh } = setUp();
    refresh.mockRejectedValueOnce(new OidcFault("unreachable", "no"));
    clock.time += 9.5 * minute;
    expect(await source.current()).toBe("id-1");
    expect(await source.current()).toBe("id-1");
    expect(refresh).toHaveBeenCalledOnce();
    clock.time += 5_000;
    expect(await source.current()).toBe("id-2");
  });

  it("says that the provider does not answer once the token has expired, which ends no session", async () => {
    const { source, clock, refresh } = setUp();
    refresh.mockRejectedValue(new OidcFault("unreachable", "no"));
    clock.time += 11 * minute;
    await expect(source.current()).rejects.toMatchObject({ name: "KubeError", status: 0 });
  });

  it("ends with words when the provider has revoked the login, and asks no more", async () => {
    const { source, clock, refresh } = setUp();
    refresh.mockRejectedValue(new OidcFault("revoked", "The identity provider has ended this login."));
    clock.time += 10 * minute;
    await expect(source.current()).rejects.toMatchObject({ status: 401 });
    await expect(source.current()).rejects.toMatchObject({ status: 401 });
    expect(await source.ended).toBe("The identity provider has ended this login.");
    expect(refresh).toHaveBeenCalledOnce();
  });

  it("gets another token when the cluster refuses one, but not for one that is new", async () => {
    const { source, clock } = setUp();
    expect(source.renew("id-1")).toBe(false);
    clock.time += 11_000;
    expect(source.renew("id-1")).toBe(true);
    expect(await source.current()).toBe("id-2");
    expect(source.renew("id-2")).toBe(false);
  });

  it("has another token for a request whose own was refused because it has ended or been renewed meanwhile, however new", async () => {
    const { source, clock, refresh } = setUp({ expiresAt: 1_000_000 + 9_000 });
    clock.time += 9_000;
    expect(source.renew("id-1")).toBe(true);
    expect(await source.current()).toBe("id-2");
    expect(source.renew("id-1")).toBe(true);
    expect(await source.current()).toBe("id-2");
    expect(refresh).toHaveBeenCalledOnce();
  });

  it("lets all who ask wait for a provider that answers a moment later, when the token has ended", async () => {
    const { source, clock, refresh } = setUp();
    refresh.mockRejectedValueOnce(new OidcFault("unreachable", "no"));
    clock.time += 10 * minute;
    expect(await Promise.all([source.current(), source.current()])).toEqual(["id-2", "id-2"]);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it("asks a second time before a token of seconds ends", async () => {
    const { source, clock, refresh } = setUp({ expiresAt: 1_000_000 + 9_000 });
    refresh.mockRejectedValueOnce(new OidcFault("unreachable", "no"));
    clock.time += 6_500;
    expect(await source.current()).toBe("id-1");
    clock.time += 1_500;
    expect(await source.current()).toBe("id-2");
  });

  it("takes the login back at the provider when the person logs out", async () => {
    const { source, revoke } = setUp();
    await source.revoke();
    expect(revoke).toHaveBeenCalledWith("refresh-1");
    await expect(source.current()).rejects.toMatchObject({ status: 401 });
  });
});
