import { describe, expect, it } from "vitest";
import { combineStates, connectionOf, limitOf } from "./kind-states.ts";

const synced = { state: "synced" } as const;
const syncing = { state: "syncing" } as const;
const forbidden = { state: "forbidden", message: "no" } as const;
const down = { state: "disconnected", message: "connection refused" } as const;

describe("combineStates", () => {
  it("is synced when the cluster-wide watch is", () => {
    expect(combineStates([{ state: synced }])).toEqual({ state: "synced" });
  });

  it("names the namespaces that are read instead of all", () => {
    const scopes = [
      { namespace: "b", state: synced },
      { namespace: "a", state: synced },
      { namespace: "c", state: forbidden },
    ];
    expect(combineStates(scopes)).toEqual({ state: "namespaces", namespaces: ["a", "b"] });
  });

  it("is forbidden when it is refused everywhere, never empty", () => {
    expect(combineStates([{ state: forbidden }])).toEqual({ state: "forbidden" });
    expect(combineStates([{ namespace: "a", state: forbidden }])).toEqual({ state: "forbidden" });
    expect(combineStates([])).toEqual({ state: "forbidden" });
  });

  it("is disconnected while one of its watches is down", () => {
    expect(
      combineStates([
        { namespace: "a", state: synced },
        { namespace: "b", state: down },
      ]),
    ).toEqual({
      state: "disconnected",
      message: "connection refused",
    });
  });

  it("is absent when the cluster does not serve it", () => {
    expect(combineStates([{ state: { state: "absent" } }])).toEqual({ state: "absent" });
  });
});

describe("connectionOf", () => {
  it("is live when everything that can be read is", () => {
    expect(connectionOf([synced, { state: "absent" }, { state: "forbidden" }])).toEqual({ state: "live" });
  });

  it("catches up while a kind is listed", () => {
    expect(connectionOf([synced, syncing])).toEqual({ state: "catching-up" });
  });

  it("is disconnected when most watches are down, and not when one is", () => {
    expect(connectionOf([synced, synced, down]).state).toBe("live");
    expect(connectionOf([synced, down, down])).toEqual({ state: "disconnected", message: "connection refused" });
  });
});

describe("limitOf", () => {
  const kind = { group: "apps", kind: "Deployment" };

  it("says what may not be read, and where it may", () => {
    expect(limitOf(kind, { state: "forbidden" })?.reason).toBe("forbidden");
    expect(limitOf(kind, { state: "namespaces", namespaces: ["a", "b"] })?.message).toBe(
      "You may list Deployment.apps only in: a, b.",
    );
    expect(limitOf(kind, synced)).toBeUndefined();
  });
});
