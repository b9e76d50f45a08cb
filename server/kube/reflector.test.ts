import { describe, expect, it } from "vitest";
import { KubeError } from "./client.ts";
import { added, bookmark, deleted, failure, page, play, resource } from "./reflector-script.ts";

// The transport is scripted here, because what matters is the exact sequence; reflector.cluster.test.ts has a real API server.
describe("a reflector", () => {
  it("streams the list, is synced at its end, and resumes from the last bookmark", async () => {
    const { log } = await play([
      [added("a", 1), added("b", 2), bookmark(10, true), added("c", 11), deleted("a", 12), bookmark(20)],
      "hangs",
    ]);
    expect(log).toEqual([
      "syncing",
      "watch sendInitialEvents=true",
      "+a@1",
      "+b@2",
      "synced",
      "+c@11",
      "-a",
      "watch resourceVersion=20",
    ]);
  });

  it("lists by pages when the server refuses to stream lists", async () => {
    const { log } = await play([
      new KubeError(422, "Invalid", "forbidden"),
      [page([["a", 1]], 10, "next")],
      [page([["b", 2]], 10)],
      "hangs",
    ]);
    expect(log).toEqual([
      "syncing",
      "watch sendInitialEvents=true",
      "list",
      "+a@1",
      "list continue=next",
      "+b@2",
      "watch resourceVersion=10",
      "synced",
    ]);
  });

  it("begins the list anew when a page has expired, and removes what only the first attempt saw", async () => {
    const { log, store } = await play([
      new KubeError(400, "BadRequest", "no"),
      [
        page(
          [
            ["a", 1],
            ["gone", 2],
          ],
          10,
          "next",
        ),
      ],
      new KubeError(410, "Expired", "too old"),
      [
        page(
          [
            ["a", 1],
            ["b", 12],
          ],
          20,
        ),
      ],
      "hangs",
    ]);
    expect(log.slice(3)).toEqual([
      "+a@1 +gone@2",
      "list continue=next",
      "list",
      "+b@12",
      "-gone",
      "watch resourceVersion=20",
      "synced",
    ]);
    expect([...store.list(resource)].map(({ ref }) => ref.name)).toEqual(["a", "b"]);
  });

  it("keeps everything while disconnected and resumes without listing", async () => {
    const lost = new KubeError(0, "Unreachable", "lost");
    const { log } = await play([
      [added("a", 1), bookmark(10, true), lost],
      new KubeError(0, "Unreachable", "refused"),
      [added("b", 11)],
      "hangs",
    ]);
    expect(log.slice(2)).toEqual([
      "+a@1",
      "synced",
      "disconnected: lost",
      "wait 250",
      "watch resourceVersion=10",
      "disconnected: refused",
      "wait 500",
      "watch resourceVersion=10",
      "synced",
      "+b@11",
      "watch resourceVersion=11",
    ]);
  });

  it.each([
    ["as an event", failure(410, "Expired")],
    ["as an answer", new KubeError(410, "Expired", "Expired")],
  ])(
    "lists again when its version has expired (%s), removing what was deleted and not touching what is unchanged",
    async (_, expired) => {
      const watch = expired instanceof KubeError ? expired : [expired];
      const { log, store } = await play([
        [added("a", 1), added("b", 2), bookmark(10, true)],
        watch,
        [added("b", 2), added("c", 30), bookmark(40, true)],
        "hangs",
      ]);
      expect(log.slice(log.indexOf("watch resourceVersion=10"))).toEqual([
        "watch resourceVersion=10",
        "syncing",
        "wait 250",
        "watch sendInitialEvents=true",
        "+c@30",
        "-a",
        "synced",
        "watch resourceVersion=40",
      ]);
      expect([...store.list(resource)].map(({ ref }) => ref.name)).toEqual(["b", "c"]);
    },
  );

  it.each([
    ["as an event", failure(410, "Expired")],
    ["as an answer", new KubeError(410, "Expired", "Expired")],
  ])("lists again soon when an outage has made its version expire (%s)", async (_, expired) => {
    const outage = Array.from({ length: 6 }, () => new KubeError(0, "Unreachable", "down"));
    const { log } = await play([
      [added("a", 1), bookmark(10, true)],
      ...outage,
      expired instanceof KubeError ? expired : [expired],
      [added("a", 1), bookmark(40, true)],
      "hangs",
    ]);
    const waits = log.filter((entry) => entry.startsWith("wait"));
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 250].map((wait) => `wait ${wait}`));
  });

  it("waits longer each time when lists themselves expire", async () => {
    const expired = Array.from({ length: 3 }, () => new KubeError(410, "Expired", "Expired"));
    const { log } = await play([...expired, "hangs"]);
    expect(log.filter((entry) => entry.startsWith("wait"))).toEqual(["wait 250", "wait 500", "wait 1000"]);
  });

  it("removes nothing when a list breaks off, and finds deletions with the next complete one", async () => {
    const { log } = await play([
      [added("a", 1), added("b", 2), bookmark(10, true)],
      new KubeError(410, "Expired", "Expired"),
      [added("b", 2), new KubeError(0, "Unreachable", "lost")],
      [added("a", 1), bookmark(50, true)],
      "hangs",
    ]);
    expect(log.filter((entry) => entry.startsWith("-"))).toEqual(["-b"]);
  });

  it("waits as long as the server asks", async () => {
    const { log } = await play([new KubeError(429, "TooManyRequests", "later", 7), [bookmark(10, true)], "hangs"]);
    expect(log.slice(0, 4)).toEqual([
      "syncing",
      "watch sendInitialEvents=true",
      "wait 7000",
      "watch sendInitialEvents=true",
    ]);
  });

  it("waits longer with every failure, up to half a minute", async () => {
    const failures = Array.from({ length: 9 }, () => new KubeError(503, "ServiceUnavailable", "down"));
    const { log } = await play([...failures, "hangs"]);
    expect(log.filter((entry) => entry.startsWith("wait"))).toEqual(
      [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000].map((wait) => `wait ${wait}`),
    );
  });

  it("takes a first refusal at its word, and asks again", async () => {
    const { log } = await play([
      new KubeError(403, "Forbidden", "no"),
      new KubeError(403, "Forbidden", "no"),
      [added("a", 1), bookmark(9, true)],
      "hangs",
    ]);
    expect(log.filter((entry) => !entry.startsWith("watch"))).toEqual([
      "syncing",
      "forbidden: no",
      "wait 1000",
      "wait 2000",
      "+a@1",
      "synced",
    ]);
  });

  it("does not believe a refusal after it was synced until it is repeated, then forgets everything", async () => {
    const refusals = Array.from({ length: 7 }, () => new KubeError(403, "Forbidden", "no"));
    const { log } = await play([
      [added("a", 1), bookmark(10, true)],
      ...refusals.slice(0, 2),
      [bookmark(20)],
      ...refusals,
      "hangs",
    ]);
    const rest = log.slice(log.indexOf("synced") + 1).filter((entry) => !/^(watch|wait)/.test(entry));
    expect(rest).toEqual(["syncing", "synced", "syncing", "-a", "forbidden: no"]);
  });

  it("ends when the credentials keep being refused", async () => {
    const refusals = Array.from({ length: 20 }, () => new KubeError(401, "Unauthorized", "expired"));
    const { log, store } = await play([[added("a", 1), bookmark(10, true)], ...refusals]);
    expect(log.at(-1)).toBe("unauthenticated: expired");
    expect(store.size).toBe(1);
  });

  it("is absent where the server has no such kind", async () => {
    const { log } = await play([new KubeError(404, "NotFound", "none"), "hangs"]);
    expect(log.slice(0, 4)).toEqual(["syncing", "watch sendInitialEvents=true", "absent", "wait 1000"]);
  });

  it("lists anew when the server never reaches the known version (etcd restored from a backup)", async () => {
    const tooLarge = Array.from(
      { length: 5 },
      () => new KubeError(504, "Timeout", "Too large resource version: 10, current: 3"),
    );
    const { log } = await play([[added("a", 1), bookmark(10, true)], ...tooLarge, "hangs"]);
    expect(log.filter((entry) => entry.startsWith("watch")).at(-1)).toBe("watch sendInitialEvents=true");
  });

  it("does not spin when the server ends every watch at once", async () => {
    const { log } = await play([[added("a", 1), bookmark(10, true)], [], "hangs"]);
    expect(log.slice(-4)).toEqual([
      "disconnected: The API server ended the watch at once.",
      "wait 250",
      "watch resourceVersion=10",
      "synced",
    ]);
  });

  it(
    "loses none of ten thousand events that come at once, though the connection breaks among them",
    { timeout: 30_000 },
    async () => {
      const flood = Array.from({ length: 10_000 }, (_, index) => {
        const name = `c${(index * 7) % 331}`;
        return { name, version: 100 + index, gone: index % 13 === 0 };
      });
      const events = flood.map(({ name, version, gone }) => (gone ? deleted : added)(name, version));
      const { store } = await play([
        [bookmark(10, true), ...events.slice(0, 4_000), new KubeError(0, "Unreachable", "reset")],
        events.slice(4_000),
        "hangs",
      ]);
      const truth = new Map<string, string>();
      for (const { name, version, gone } of flood) {
        if (gone) truth.delete(name);
        else truth.set(name, String(version));
      }
      const shown = [...store.list(resource)].map(({ ref, resourceVersion }): [string, string] => [
        ref.name,
        resourceVersion,
      ]);
      expect(new Map(shown)).toEqual(truth);
      expect(truth.size).toBeGreaterThan(200);
    },
  );

  it("does not quote what it could not read", async () => {
    const { log } = await play([['{"type":"ADDED","object":{"data":{"password":"planted"}'], "hangs"]);
    expect(log[2]).toBe("disconnected: What the API server sent could not be read.");
    expect(log.join()).not.toContain("planted");
  });
});
