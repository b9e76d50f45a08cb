import { describe, expect, it, vi } from "vitest";
import type { ClusterCredentials } from "#server/kube/credentials.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import type { SessionCluster } from "./session.ts";
import { SessionStore } from "./sessions.ts";
import { checkSession } from "./validity.ts";

const minute = 60_000;
const identity = { username: "ada", groups: ["dev"] };
const jwt = `e30.${Buffer.from(JSON.stringify({ sub: "ada" })).toString("base64url")}.sig`;
const endpoint = { cluster: "east", server: "https://east" };

/** A session whose view was opened with these credentials; the clock and the question who this is do as they are told. */
function setUp(credentials: Partial<ClusterCredentials>, openedWith = credentials, state = "live") {
  const clock = { time: 1_000_000, now: () => clock.time };
  const sessions = new SessionStore(clock);
  const identify = vi.fn(async () => identity);
  const lease = {
    view: { cluster: "east", connection: () => ({ state }) },
    openedWith: { ...endpoint, ...openedWith },
    release: vi.fn(),
  };
  const cluster = { name: "east", identity, credentials: { ...endpoint, ...credentials }, lease };
  const { session } = sessions.create({ clusters: [cluster as unknown as SessionCluster], secure: false });
  const runtime = { sessions, clock, logins: { identify } } as unknown as HttpRuntime;
  /** How often it was asked who this is in so many minutes of use. */
  const askedIn = async (minutes: number): Promise<number> => {
    const before = identify.mock.calls.length;
    for (let passed = 0; passed < minutes; passed += 1) {
      clock.time += minute + 1;
      sessions.touch(session);
      expect(await checkSession(runtime, session)).toBeUndefined();
    }
    return identify.mock.calls.length - before;
  };
  return { askedIn };
}

describe("checkSession", () => {
  it("asks every ten minutes where the watches of the view show all the time that these credentials work", async () => {
    for (const credentials of [{ token: jwt }, { certificate: "PEM", key: "PEM" }]) {
      const { askedIn } = setUp(credentials);
      expect(await askedIn(9)).toBe(0);
      expect(await askedIn(1)).toBe(1);
      expect(await askedIn(9)).toBe(0);
      expect(await askedIn(11)).toBe(2);
    }
  });

  it("asks every minute where the view was opened with other credentials of the same person", async () => {
    expect(await setUp({ token: jwt }, { token: `${jwt}2` }).askedIn(5)).toBe(5);
  });

  it("asks every minute whose a token is that the cluster looks up, or that is renewed", async () => {
    expect(await setUp({ token: "opaque" }).askedIn(5)).toBe(5);
    const tokens = { current: () => Promise.resolve(jwt) } as unknown as NonNullable<ClusterCredentials["tokens"]>;
    expect(await setUp({ tokens }).askedIn(5)).toBe(5);
    expect(await setUp({ plugin: { name: "exec" } }).askedIn(5)).toBe(5);
  });

  it("asks every minute while the watches are down", async () => {
    expect(await setUp({ token: jwt }, { token: jwt }, "disconnected").askedIn(5)).toBe(5);
  });
});
