import { describe, expect, it } from "vitest";
import type { KindState } from "#server/kube/store.ts";
import { ConnectionTracker } from "./connection-tracker.ts";

const kind = (name: string) => ({ group: "apps", kind: name });
const synced = { state: "synced" } as const;
const down = { state: "disconnected", message: "connection refused" } as const;

describe("ConnectionTracker", () => {
  it("tells since when it is in its state, and says nothing new for nothing new", () => {
    let now = 1_000;
    const tracker = new ConnectionTracker(() => now);
    now = 2_000;
    expect(tracker.update([{ kind: kind("Deployment"), state: synced }])).toBe(true);
    now = 3_000;
    expect(tracker.update([{ kind: kind("Deployment"), state: synced }])).toBe(false);
    expect(tracker.current).toEqual({ state: "live", since: "1970-01-01T00:00:02.000Z" });
  });

  it("is catching up until the rows of what was listed first have been read", () => {
    const tracker = new ConnectionTracker(() => 0);
    const listed = [{ kind: kind("Deployment"), state: synced }];
    tracker.update(listed, false);
    expect(tracker.current.state).toBe("catching-up");
    expect(tracker.update(listed, true)).toBe(true);
    expect(tracker.current.state).toBe("live");
  });

  it("is not live after an outage before every kind is followed again", () => {
    const tracker = new ConnectionTracker(() => 0);
    const three = (...states: KindState[]) =>
      tracker.update(states.map((state, index) => ({ kind: kind(`Kind${index}`), state })));
    three(synced, synced, synced);
    expect(tracker.current.state).toBe("live");
    three(down, down, down);
    expect(tracker.current.state).toBe("disconnected");
    three(synced, synced, down);
    expect(tracker.current).toMatchObject({ state: "catching-up", message: expect.stringContaining("Kind2.apps") });
    three(synced, synced, { state: "syncing" });
    expect(tracker.current.state).toBe("catching-up");
    three(synced, synced, synced);
    expect(tracker.current).toEqual({ state: "live", since: "1970-01-01T00:00:00.000Z" });
  });

  it("is live but for a kind that can't be followed for a minute, and names that one", () => {
    let now = 0;
    const tracker = new ConnectionTracker(() => now);
    const update = () =>
      tracker.update([
        { kind: kind("Deployment"), state: synced },
        { kind: kind("StatefulSet"), state: synced },
        { kind: kind("DaemonSet"), state: down },
      ]);
    update();
    expect([tracker.current.state, tracker.limits]).toEqual(["catching-up", []]);
    now = 60_000;
    expect(update()).toBe(true);
    expect(tracker.current.state).toBe("live");
    expect(tracker.limits.map((limit) => limit.kind)).toEqual(["DaemonSet"]);
  });

  it("does not name every kind while the cluster does not answer", () => {
    const tracker = new ConnectionTracker(() => 0);
    tracker.update([
      { kind: kind("Deployment"), state: down },
      { kind: kind("Pod"), state: { state: "forbidden" } },
    ]);
    expect(tracker.current.state).toBe("disconnected");
    expect(tracker.limits.map((limit) => limit.kind)).toEqual(["Pod"]);
  });
});
