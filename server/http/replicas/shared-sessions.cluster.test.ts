import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { ClusterFixture, within } from "#server/kube/cluster-fixture.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import type { ViewLease } from "../runtime-interface.ts";
import { createSealer } from "../sealer.ts";
import type { ClusterLogin, Session } from "../session.ts";
import { SessionStore } from "../sessions.ts";
import { contentOf } from "./session-content.ts";
import { signedIds } from "./session-ids.ts";
import { personOf } from "./session-head.ts";
import { createSessionStorage } from "./session-storage.ts";
import { SharedSessions } from "./shared-sessions.ts";

// Replicas of which each has only its sessions, which they keep together as Secrets of a real API server.
const keys = [randomBytes(48)];
const lifetimes = { idle: 1_800_000, absolute: 43_200_000 };
const clock = { now: () => Date.now() };
let cluster: ClusterFixture;
const running: SharedSessions[] = [];

beforeAll(async () => {
  cluster = await ClusterFixture.open();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((shared) => shared.stop()));
});
afterAll(() => cluster.close());

/** What a session has of a view is no part of these tests. */
const lease = { view: {}, release: () => undefined } as unknown as ViewLease;
const jane: ClusterLogin = {
  name: "east",
  credentials: { cluster: "east", server: "https://east", token: "janes-own-token" },
  identity: { username: "jane", groups: ["dev"] },
  lease,
};

async function replica(home: string) {
  const ids = signedIds(keys);
  const sealer = createSealer(keys);
  const sessions = new SessionStore(clock, lifetimes, ids);
  const revoke = vi.fn<(session: Session) => Promise<void>>(async () => undefined);
  const client = createKubeClient(await cluster.credentialsOf("admin"));
  const shared = new SharedSessions({
    sessions,
    storage: createSessionStorage(client, cluster.namespace, sealer),
    sealer,
    ids,
    clock,
    lifetimes,
    home,
    contentOf: (session) => contentOf(session, () => undefined),
    restore: async (id, { expiresAt }, { clusters, secure, cluster: chosen }) =>
      sessions.restore(id, {
        clusters: clusters.map(({ name, identity, credentials }) => ({ name, identity, credentials, lease })),
        secure,
        cluster: chosen,
        lost: new Map(),
        expiresAt,
      }),
    revoke,
  });
  running.push(shared);
  const logIn = async (): Promise<{ id: string; secure: boolean; session: Session }> => {
    const { id, session } = sessions.create({ clusters: [jane], secure: true });
    await shared.settled(session);
    return { id, secure: true, session };
  };
  return { sessions, shared, revoke, logIn };
}

it("is served by one replica, which the others know", async () => {
  const [east, west] = [await replica("http://east"), await replica("http://west")];
  const { id, session } = await east.logIn();
  expect(await east.shared.find({ id, secure: true })).toEqual({ kind: "here", session });
  expect(await west.shared.find({ id, secure: true })).toEqual({ kind: "there", home: "http://east" });
  await expect.poll(() => west.shared.replicas, within).toBe(2);
  // Made over HTTPS, it is not for a cookie without.
  expect((await west.shared.find({ id, secure: false }, { take: true })).kind).toBe("none");
});

it("is taken over by one alone of those who find its replica gone, with all that it had", async () => {
  const east = await replica("http://east");
  const others = await Promise.all(["http://a", "http://b", "http://c"].map(replica));
  const cookie = await east.logIn();
  const places = await Promise.all(others.map(({ shared }) => shared.find(cookie, { gone: "http://east" })));
  const here = places.flatMap((place) => (place.kind === "here" ? [place.session] : []));
  expect(here).toHaveLength(1);
  expect(here[0]?.clusters.get("east")?.credentials).toEqual(jane.credentials);
  const winner = others[places.findIndex(({ kind }) => kind === "here")]?.shared.home;
  expect(places.flatMap((place) => (place.kind === "there" ? [place.home] : []))).toEqual([winner, winner]);
  // Its replica was not gone after all: it lets go without a word to the person, and does nothing more in its name.
  await expect.poll(() => cookie.session.ended.aborted, within).toBe(true);
  await expect(east.shared.confirm(cookie.session)).rejects.toThrow("Another replica of Driftglass");
  expect(await east.shared.find(cookie)).toEqual({ kind: "there", home: winner });
});

it("does not renew a token that another replica may be renewing", async () => {
  const [east, west] = [await replica("http://east"), await replica("http://west")];
  const { id, session } = await east.logIn();
  await east.shared.confirm(session);
  // Both at once: only one of the two may go on.
  const taking = west.shared.find({ id, secure: true }, { take: true });
  const confirming = east.shared.confirm(session).then(
    () => "confirmed",
    () => "refused",
  );
  expect((await taking).kind).toBe("here");
  await confirming;
  await expect(east.shared.confirm(session)).rejects.toThrow("Another replica of Driftglass");
});

it("is over everywhere when its person logs out everywhere, and nobody else's", async () => {
  const [east, west] = [await replica("http://east"), await replica("http://west")];
  const mine = await west.logIn();
  const other = west.sessions.create({
    clusters: [{ ...jane, identity: { username: "joe", groups: ["dev"] } }],
    secure: true,
  });
  await west.shared.settled(other.session);
  const { session } = await east.logIn();
  await east.shared.endEverywhere(new Set([...session.clusters.values()].map(personOf)), "You logged out everywhere.");
  await expect.poll(() => mine.session.ended.reason, within).toBe("You logged out everywhere.");
  expect(west.revoke).toHaveBeenCalledWith(mine.session);
  expect(other.session.ended.aborted).toBe(false);
  expect(await east.shared.find(mine, { take: true })).toEqual({ kind: "none", reason: "You logged out everywhere." });
});

it("goes on under its new cookie alone when its person has logged in anew", async () => {
  const [east, west] = [await replica("http://east"), await replica("http://west")];
  const { id, session } = await east.logIn();
  const next = east.sessions.renew(session) ?? "";
  await east.shared.settled(session);
  expect((await west.shared.find({ id: next, secure: true })).kind).toBe("there");
  await expect
    .poll(async () => (await west.shared.find({ id, secure: true }, { fresh: true })).kind, within)
    .toBe("none");
});

it("waits for whoever is asked next when its replica stops", async () => {
  const [east, west] = [await replica("http://east"), await replica("http://west")];
  const cookie = await east.logIn();
  await east.shared.stop();
  // It may not have heard of that yet; whoever sends a request to a replica that does not serve it any more looks afresh.
  expect((await west.shared.find(cookie, { fresh: true })).kind).toBe("here");
});

it("is not asked for when no replica has made its cookie", async () => {
  const east = await replica("http://east");
  const forged = signedIds([randomBytes(48)]).create();
  expect(await east.shared.find({ id: forged, secure: true })).toEqual({ kind: "none" });
});
