import { describe, expect, it } from "vitest";
import { lastFiring, parseCron } from "./cron.ts";
import { globMatch } from "./glob.ts";
import { syncWindows } from "./sync-window.ts";

const at = (time: string): number => Date.parse(time);

describe("a cron schedule", () => {
  const last = (schedule: string, until: string): string | undefined => {
    const cron = parseCron(schedule);
    const time = cron && lastFiring(cron, at(until) - 40 * 86_400_000, at(until));
    return time === undefined ? undefined : new Date(time).toISOString().slice(0, 16);
  };
  it.each([
    ["0 22 * * *", "2026-11-22T21:59:00Z", "2026-11-21T22:00"],
    ["0 22 * * *", "2026-11-22T22:00:01Z", "2026-11-22T22:00"],
    ["*/15 8-17 * * mon-fri", "2026-11-22T12:00:00Z", "2026-11-20T17:45"],
    ["5/20 * * * *", "2026-11-22T12:26:00Z", "2026-11-22T12:25"],
    ["0 0 1 * ?", "2026-11-22T12:00:00Z", "2026-11-01T00:00"],
    // Day and weekday without a star: one is enough.
    ["0 0 1 * sun", "2026-11-24T12:00:00Z", "2026-11-22T00:00"],
    ["0 0 31 feb *", "2026-11-22T12:00:00Z", undefined],
  ])("%s fires last before %s at %s", (schedule, until, expected) => {
    expect(last(schedule, until)).toBe(expected);
  });

  it("fires neither at the very moment that is asked for nor at the one since", () => {
    const cron = parseCron("0 12 * * *");
    expect(cron && lastFiring(cron, at("2026-11-22T11:00:00Z"), at("2026-11-22T12:00:00Z"))).toBeUndefined();
    expect(cron && lastFiring(cron, at("2026-11-22T12:00:00Z"), at("2026-11-22T13:00:00Z"))).toBeUndefined();
  });

  it.each([
    "@daily",
    "* * * *",
    "60 * * * *",
    "* * 0 * *",
    "5-1 * * * *",
    "*/0 * * * *",
    "x * * * *",
    "1-2-3 * * * *",
    "",
  ])("refuses %s", (schedule) => expect(parseCron(schedule)).toBeUndefined());
});

describe("a pattern of a project", () => {
  it.each([
    ["*", "anything/at:all", true],
    ["shop-*", "shop-eu", true],
    ["shop-*", "workshop-eu", false],
    ["shop-?", "shop-1", true],
    ["{eu,us}-*", "us-1", true],
    ["{eu,us}-*", "asia-1", false],
    ["web[12]", "web2", true],
    ["web[!12]", "web2", false],
    ["a.b", "axb", false],
    ["[", "[", true],
    ["https://kubernetes.default.svc", "https://kubernetes.default.svc", true],
  ])("%s against %s: %s", (pattern, value, expected) => expect(globMatch(pattern, value)).toBe(expected));
});

describe("sync windows", () => {
  const subject = { name: "web", destination: { server: "https://kubernetes.default.svc", namespace: "shop" } };
  const noon = at("2026-11-22T12:30:00Z");
  const window = (more: object) => ({
    kind: "deny",
    schedule: "0 12 * * *",
    duration: "1h",
    applications: ["*"],
    ...more,
  });
  const judge = (...windows: object[]) => syncWindows({ syncWindows: windows }, subject, noon);

  it("deny while one is open, to the person too unless all of them let a sync by hand through", () => {
    expect(judge(window({ description: "Freeze" }))).toMatchObject({
      manual: "a sync window of its project denies syncs now (Freeze)",
      automated: expect.stringContaining("Freeze"),
      windows: [{ active: true, endsAt: "2026-11-22T13:00:00.000Z" }],
    });
    expect(judge(window({ manualSync: true })).manual).toBeUndefined();
    expect(judge(window({ manualSync: true })).automated).toBeDefined();
    expect(judge(window({ manualSync: true }), window({})).manual).toBeDefined();
    expect(judge(window({ schedule: "0 10 * * *" })).automated).toBeUndefined();
  });

  it("allow only while one is open, where there is one that allows", () => {
    const closed = { kind: "allow", schedule: "0 10 * * *" };
    expect(judge(window(closed)).manual).toMatch(/^its project allows syncs only in a sync window/);
    expect(judge(window({ ...closed, manualSync: true })).manual).toBeUndefined();
    expect(judge(window(closed), window({ kind: "allow" })).automated).toBeUndefined();
    expect(judge(window({ kind: "allow" }), window({})).automated).toBeDefined();
  });

  it("are read in their time zone", () => {
    const tokyo = { schedule: "0 21 * * *", timeZone: "Asia/Tokyo" };
    expect(judge(window(tokyo)).windows).toMatchObject([{ active: true, endsAt: "2026-11-22T13:00:00.000Z" }]);
    expect(judge(window({ ...tokyo, timeZone: "Nowhere/Else" })).windows).toMatchObject([{ active: false }]);
  });

  it("concern an application by its name, cluster or namespace, or by each that is given", () => {
    const concerned = (more: object): boolean => judge(window({ applications: [], ...more })).windows.length > 0;
    expect(concerned({})).toBe(false);
    expect(concerned({ namespaces: ["sh*"] })).toBe(true);
    expect(concerned({ clusters: ["in-cluster"] })).toBe(false);
    expect(concerned({ applications: ["other"], namespaces: ["shop"] })).toBe(true);
    expect(concerned({ applications: ["other"], namespaces: ["shop"], andOperator: true })).toBe(false);
  });

  it("that can't be read let nothing through", () => {
    expect(judge(window({ schedule: "@daily" }))).toMatchObject({ manual: expect.stringContaining("can't be read") });
    expect(judge(window({ duration: "soon" })).automated).toBeDefined();
  });
});
