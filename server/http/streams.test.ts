import { describe, expect, it } from "vitest";
import type { StreamOwner } from "#server/stream/hub.ts";
import type { Call } from "./guard.ts";
import type { ResourceParams } from "./path.ts";
import type { SessionCluster } from "./session.ts";
import { PersonLimits } from "./person-limits.ts";
import { SessionStore } from "./sessions.ts";
import { logStream } from "./streams.ts";

const params: ResourceParams = { group: "core", version: "v1", kind: "Pod", namespace: "team-a", name: "web" };

describe("a log that is followed", () => {
  it("ends when the person may not read it any more, and not before", async () => {
    const clock = { now: () => 0 };
    const sessions = new SessionStore(clock);
    const cluster = {
      name: "c",
      credentials: { server: "https://c" },
      identity: { username: "ada", groups: [] },
      lease: { release: () => undefined },
    } as unknown as SessionCluster;
    const { session } = sessions.create({ clusters: [cluster], secure: false });
    let allowed = true;
    let owner: StreamOwner | undefined;
    // What a log stream uses of a call; the hub is tested by itself.
    const call = {
      request: new Request("http://d/x"),
      url: new URL("http://d/x?follow"),
      params,
      session,
      cluster: session.clusters.get("c"),
      runtime: {
        clock,
        sessions,
        limits: new PersonLimits(),
        live: { logs: async () => [] },
        streams: {
          bytes: (_source: unknown, _stop: unknown, given: StreamOwner) => {
            owner = given;
            return new Response();
          },
        },
      },
      view: {
        access: {
          review: async (asked: readonly object[]) =>
            asked.map((attributes) => ({ attributes, allowed, reason: "needs get on pods/log in team-a" })),
        },
      },
    } as unknown as Call<ResourceParams>;
    await logStream(call);
    expect(await owner?.check()).toBeUndefined();
    allowed = false;
    expect(await owner?.check()).toBe("needs get on pods/log in team-a");
    expect(session.ended.aborted).toBe(false);
  });
});
