import { describe, expect, it, vi } from "vitest";
import type { SessionCluster } from "./session.ts";
import { SessionStore } from "./sessions.ts";

const minute = 60_000;

function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time };
  const release = vi.fn();
  // Only the lease's release matters here: the store never looks into a view.
  const cluster = {
    name: "c",
    credentials: { cluster: "c", server: "https://c" },
    identity: { username: "u", groups: [] },
    lease: { release },
  } as unknown as SessionCluster;
  return { clock, release, cluster, store: new SessionStore(clock) };
}

describe("SessionStore", () => {
  it("gives an id of 256 bits and keeps only its hash", () => {
    const { store, cluster } = setUp();
    const { id, session } = store.create({ clusters: [cluster], secure: false });
    expect(Buffer.from(id, "base64url")).toHaveLength(32);
    expect(session.key).not.toContain(id);
    expect(store.find(id, false)).toBe(session);
    expect(store.find(session.key, false)).toBeUndefined();
  });

  it("takes a session made over HTTPS from its own cookie alone", () => {
    const { store, cluster } = setUp();
    const { id } = store.create({ clusters: [cluster], secure: true });
    expect(store.find(id, false)).toBeUndefined();
    expect(store.find(id, true)).toBeDefined();
  });

  it("ends an idle session after 30 minutes, and use puts that off", () => {
    const { store, cluster, clock, release } = setUp();
    const { id, session } = store.create({ clusters: [cluster], secure: false });
    clock.time += 29 * minute;
    expect(store.find(id, false)).toBe(session);
    clock.time += 29 * minute;
    store.touch(session);
    clock.time += 30 * minute;
    expect(store.find(id, false)).toBeUndefined();
    expect(session.ended.aborted).toBe(true);
    expect(release).toHaveBeenCalledOnce();
  });

  it("ends every session after 12 hours, however much it is used", () => {
    const { store, cluster, clock } = setUp();
    const { id } = store.create({ clusters: [cluster], secure: false });
    for (let passed = 0; passed < 12 * 60; passed += 20) {
      expect(store.find(id, false)).toBeDefined();
      clock.time += 20 * minute;
    }
    expect(store.find(id, false)).toBeUndefined();
  });

  it("ends a session when its token expires", () => {
    const { store, cluster, clock } = setUp();
    const expiring = { ...cluster, expiresAt: clock.time + 5 * minute };
    const { id, session } = store.create({ clusters: [expiring], secure: false });
    clock.time += 5 * minute;
    store.sweep();
    expect(session.ended.reason).toBe("The credentials have expired.");
    expect(store.find(id, false)).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it("tells once why a session ended and gives its view back once", () => {
    const { store, cluster, release } = setUp();
    const { id, session } = store.create({ clusters: [cluster], secure: false });
    store.end(session, "first");
    store.end(session, "second");
    expect(session.ended.reason).toBe("first");
    expect(store.reasonOf(id)).toBe("first");
    expect(store.reasonOf(session.key)).toBeUndefined();
    expect(release).toHaveBeenCalledOnce();
  });

  it("leaves a cluster by itself, says why, and ends with the last one", () => {
    const { store, cluster, release } = setUp();
    const other = { ...cluster, name: "d" };
    const { id, session } = store.create({ clusters: [cluster, other], secure: false });
    const first = session.clusters.get("c");
    const second = session.clusters.get("d");
    if (!first || !second) throw new Error("no clusters");
    store.leave(session, first, "The cluster does not take the credentials any more.");
    expect(first.ended.reason).toBe("The cluster does not take the credentials any more.");
    expect([second.ended.aborted, session.ended.aborted, session.cluster]).toEqual([false, false, "d"]);
    expect(session.lost.get("c")?.reason).toBe("The cluster does not take the credentials any more.");
    expect(release).toHaveBeenCalledOnce();
    store.leave(session, second, "expired");
    expect(session.ended.reason).toBe("expired");
    expect(store.find(id, false)).toBeUndefined();
  });

  it("leaves the cluster whose credentials expire, and keeps the others", () => {
    const { store, cluster, clock } = setUp();
    const expiring = { ...cluster, name: "d", expiresAt: clock.time + minute };
    const { session } = store.create({ clusters: [cluster, expiring], secure: false });
    clock.time += minute;
    store.sweep();
    expect([...session.clusters.keys()]).toEqual(["c"]);
    expect(session.lost.get("d")?.reason).toBe("The credentials have expired.");
  });

  it("does not leave a cluster that was entered anew in the meantime", () => {
    const { store, cluster } = setUp();
    const { session } = store.create({ clusters: [cluster], secure: false });
    const old = session.clusters.get("c");
    store.enter(session, cluster);
    if (old) store.leave(session, old, "late");
    expect(old?.ended.aborted).toBe(true);
    expect([...session.clusters.keys()]).toEqual(["c"]);
    expect(session.ended.aborted).toBe(false);
  });

  it("goes on under a new id with new credentials, and the old id is worth nothing", () => {
    const { store, cluster, clock } = setUp();
    const expiring = { ...cluster, expiresAt: clock.time + minute };
    const { id, session } = store.create({ clusters: [expiring], secure: false });
    const signal = session.clusters.get("c")?.ended;
    store.replace(session, "c", {
      credentials: { cluster: "c", server: "https://c", token: "new" },
      identity: cluster.identity,
    });
    const next = store.renew(session) ?? "";
    clock.time += 2 * minute;
    expect(store.find(id, false)).toBeUndefined();
    expect(store.find(next, false)).toBe(session);
    expect(session.clusters.get("c")?.credentials.token).toBe("new");
    expect(signal?.aborted).toBe(false);
  });

  it("ends all sessions of one person and nobody else's", () => {
    const { store, cluster } = setUp();
    const one = store.create({ clusters: [cluster], secure: false }).session;
    const two = store.create({ clusters: [cluster], secure: true }).session;
    const other = store.create({ clusters: [{ ...cluster, identity: { username: "v", groups: [] } }], secure: false });
    store.endWhere(({ clusters }) => clusters.get("c")?.identity.username === "u", "You logged out everywhere.");
    expect([one, two, other.session].map(({ ended }) => ended.aborted)).toEqual([true, true, false]);
  });
});
