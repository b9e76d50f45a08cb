import { describe, expect, it } from "vitest";
import { ConnectionTracker } from "./connection-tracker.ts";

const kind = (name: string) => ({ group: "apps", kind: name });
const synced = { state: "synced" } as const;
const down = { state: "disconnected", message: "connection refused" } as const;

describe("ConnectionTracker", () => {
  it("tells since when it is in its state, and says nothing new for nothing new", () => {
    let now = "1";
    const tracker = new ConnectionTracker(() => now);
    now = "2";
    expect(tracker.update([{ kind: kind("Deployment"), state: synced }])).toBe(true);
    now = "3";
    expect(tracker.update([{ kind: kind("Deployment"), state: synced }])).toBe(false);
    expect(tracker.current).toEqual({ state: "live", since: "2" });
  });

  it("names a kind that can't be followed, but not every kind while the cluster does not answer", () => {
    const tracker = new ConnectionTracker(() => "now");
    tracker.update([
      { kind: kind("Deployment"), state: synced },
      { kind: kind("StatefulSet"), state: synced },
      { kind: kind("DaemonSet"), state: down },
    ]);
    expect(tracker.limits.map((limit) => limit.kind)).toEqual(["DaemonSet"]);
    tracker.update([
      { kind: kind("Deployment"), state: down },
      { kind: kind("Pod"), state: { state: "forbidden" } },
    ]);
    expect(tracker.current.state).toBe("disconnected");
    expect(tracker.limits.map((limit) => limit.kind)).toEqual(["Pod"]);
  });
});
