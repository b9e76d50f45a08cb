import { describe, expect, it } from "vitest";
import { isSameProxyUser, proxyUserOf, type ProxySettings } from "./proxy-user.ts";

const secret = "sixteen characters and more";
const settings: ProxySettings = {
  userHeader: "X-Forwarded-User",
  groupsHeader: "X-Forwarded-Groups",
  extraPrefix: "X-Remote-Extra-",
  secret,
  secretHeader: "X-Secret",
  peers: [],
};

function named(headers: Record<string, string>, proxy: ProxySettings | undefined = settings) {
  return proxyUserOf(new Request("http://d/", { headers }), { mode: "hosted", ...(proxy && { proxy }) });
}

describe("whom a proxy names", () => {
  it("is taken with its groups and further attributes", () => {
    expect(
      named({
        "x-secret": secret,
        "x-forwarded-user": " ada ",
        "x-forwarded-groups": "dev, ops,,",
        "x-remote-extra-team": "a,b",
      }),
    ).toEqual({ user: "ada", groups: ["dev", "ops"], extra: { team: ["a", "b"] } });
  });

  it("is nobody without the secret, with a wrong one, and where no proxy is set up", () => {
    expect(named({ "x-forwarded-user": "ada" })).toBeUndefined();
    expect(named({ "x-forwarded-user": "ada", "x-secret": `${secret}x` })).toBeUndefined();
    expect(proxyUserOf(new Request("http://d/", { headers: { "x-forwarded-user": "ada" } }), { mode: "hosted" })).toBe(
      undefined,
    );
  });

  it("is nobody where neither a secret nor a network vouches for the proxy", () => {
    const { secret: _, ...open } = settings;
    expect(named({ "x-forwarded-user": "ada" }, open)).toBeUndefined();
  });

  it("is nobody from a network whose peers are not recorded, whatever a header says", () => {
    const { secret: _, ...open } = settings;
    expect(
      named(
        { "x-forwarded-user": "ada", "x-driftglass-peer": "10.0.0.1", "x-forwarded-for": "10.0.0.1" },
        { ...open, peers: ["10.0.0.0/8"] },
      ),
    ).toBeUndefined();
  });

  it.each([
    ["an empty name (CVE-2026-23990)", { "x-forwarded-user": "  " }],
    ["two names, of which one is the client's", { "x-forwarded-user": "root, ada" }],
    ["Kubernetes' own users", { "x-forwarded-user": "system:admin" }],
    ["Kubernetes' own groups", { "x-forwarded-user": "ada", "x-forwarded-groups": "dev,system:masters" }],
  ])("is nobody for %s", (_, headers) => {
    expect(named({ "x-secret": secret, ...headers })).toBeUndefined();
  });

  it("is the same person with the same groups in another order, and another with fewer", () => {
    const ada = { user: "ada", groups: ["dev", "ops"] };
    expect(isSameProxyUser(ada, { user: "ada", groups: ["ops", "dev"] })).toBe(true);
    expect(isSameProxyUser(ada, { user: "ada", groups: ["dev"] })).toBe(false);
    expect(isSameProxyUser(ada, undefined)).toBe(false);
  });
});
