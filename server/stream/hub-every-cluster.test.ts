import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StreamHub } from "./hub.ts";
import { everyClient, settle, testView } from "./hub.fixture.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the stream of all clusters", () => {
  it("tells of all clusters of a session by one stream, each event naming its own", async () => {
    const hub = new StreamHub();
    const [east, west] = [testView("i1", "east"), testView("j1", "west")];
    const one = everyClient(hub, east.view, west.view);
    void one.read();
    west.say("x");
    await settle(100);
    expect(one.heard).toMatchObject([
      { type: "clusters", clusters: ["east", "west"] },
      { type: "hello", cluster: "east", instance: "i1" },
      { type: "hello", cluster: "west", instance: "j1", sequence: 10 },
      { type: "applications", cluster: "west", sequence: 11 },
    ]);
    expect(hub.size).toBe(1);
  });

  it("goes on with the others when one of several clusters is left", async () => {
    const hub = new StreamHub();
    const [east, west] = [testView("i1", "east"), testView("j1", "west")];
    const one = everyClient(hub, east.view, west.view);
    void one.read();
    one.leave("west");
    west.say("secret");
    east.say("x");
    await settle(100);
    expect(one.heard.slice(3)).toMatchObject([
      { type: "clusters", clusters: ["east"] },
      { type: "applications", cluster: "east" },
    ]);
    expect(one.state.closed).toBe(false);
  });

  it("takes the view that comes in the place of one that ended, while the others go on", async () => {
    const hub = new StreamHub();
    const [east, west, next] = [testView("i1", "east"), testView("j1", "west"), testView("j2", "west")];
    const one = everyClient(hub, east.view, west.view);
    void one.read();
    west.end();
    await settle(1_000);
    east.say("x");
    await settle(100);
    one.renew(next.view);
    await settle(1_000);
    next.say("y");
    await settle(100);
    expect(one.heard.slice(3)).toMatchObject([
      { type: "applications", cluster: "east" },
      { type: "hello", cluster: "west", instance: "j2" },
      { type: "applications", cluster: "west", sequence: 11 },
    ]);
  });

  it("ends the stream of all clusters with the session, and when the person has logged in to one of them anew", async () => {
    const hub = new StreamHub();
    const views = [testView("i1", "east"), testView("j1", "west")] as const;
    const one = everyClient(hub, ...views.map(({ view }) => view));
    const two = everyClient(hub, ...views.map(({ view }) => view));
    for (const each of [one, two]) void each.read();
    one.logInAnew("west");
    two.sessionEnd.abort("You logged out.");
    await settle();
    expect([one, two].map(({ state }) => state.closed)).toEqual([true, true]);
    expect(one.heard.at(-1)).toMatchObject({ type: "hello" });
    expect(two.heard.at(-1)).toMatchObject({ type: "session-ended" });
    expect(hub.size).toBe(0);
    await settle(60_000);
    expect(views.map(({ listeners }) => listeners.size)).toEqual([0, 0]);
  });
});
