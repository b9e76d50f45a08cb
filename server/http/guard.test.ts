import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Problem } from "#lib/api/problem-contract.ts";
import { KubeError } from "#server/kube/client.ts";
import { Metrics } from "#server/metrics/metrics.ts";
import { createGuard, type GuardOptions } from "./guard.ts";
import { PersonLimits, usualLimit } from "./person-limits.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { SessionCluster } from "./session.ts";
import { SessionStore } from "./sessions.ts";

const identity = { username: "jane", groups: ["dev"] };
const origin = { origin: "http://localhost:3000", "content-type": "application/json" };

/** A runtime with one session. Only what the guard looks at is there; the cluster behind it is not part of these tests. */
function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time };
  const sessions = new SessionStore(clock);
  const identify = vi.fn(async () => identity);
  const runtime = {
    config: { mode: "local" },
    sessions,
    clock,
    limits: new PersonLimits(),
    metrics: new Metrics({ sessions: () => 0, streams: () => 0, views: () => [], now: () => 0 }),
    logins: { identify },
  } as unknown as HttpRuntime;
  /** What a view's own client is told when it asks whose it is. */
  const whoAmI = vi.fn(async () => ({ status: { userInfo: identity } }));
  /** A view in whose place another one comes when it is closed. */
  const newLease = (openedWith: object = {}) => ({
    view: { cluster: "east", close: replaceLease, client: { request: whoAmI } },
    openedWith,
    release: vi.fn(),
  });
  const replaceLease = async (): Promise<void> => {
    Object.assign(session.clusters.get("east") ?? {}, { lease: newLease() });
  };
  const cluster = { name: "east", identity, credentials: {}, lease: newLease() } as unknown as SessionCluster;
  const { id, session } = sessions.create({ clusters: [cluster], secure: false });
  const guard = createGuard(async () => runtime);
  const call = (path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) =>
    new Request(`http://localhost:3000${path}`, {
      ...init,
      headers: { host: "localhost:3000", cookie: `driftglass_session=${id}`, ...init.headers },
    });
  const run = async (handler: () => Promise<Response>, request = call("/x"), options: GuardOptions = {}) => {
    const response = await guard.guarded(handler, options)(request, { params: Promise.resolve({}) });
    return { response, problem: response.status >= 400 ? ((await response.clone().json()) as Problem) : undefined };
  };
  return { clock, runtime, sessions, session, guard, call, run, identify, whoAmI, newLease };
}

const ok = async () => Response.json({ fine: true });

describe("guarded", () => {
  it("answers 401 without a session and does not run the handler", async () => {
    const { run, call } = setUp();
    const handler = vi.fn(ok);
    const { response, problem } = await run(handler, call("/x", { headers: { cookie: "" } }));
    expect([response.status, problem?.code]).toEqual([401, "unauthenticated"]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(handler).not.toHaveBeenCalled();
  });

  it("marks every answer as not to be stored and names the request", async () => {
    const { run } = setUp();
    const { response } = await run(ok);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("picks the cluster by name and answers 404 for one that the session does not have", async () => {
    const { run, call } = setUp();
    expect((await run(ok, call("/x?cluster=east"))).response.status).toBe(200);
    expect((await run(ok, call("/x?cluster=west"))).problem?.code).toBe("unknown-cluster");
  });

  it("answers forbidden and absent alike when something is read", async () => {
    const { run } = setUp();
    const answers = await Promise.all(
      [403, 404].map((status) =>
        run(() => Promise.reject(new KubeError(status, "x", `secrets "db" in team-b: ${status}`))),
      ),
    );
    const bodies = answers.map(({ problem }) => ({ ...problem, requestId: "" }));
    expect(bodies[0]).toEqual(bodies[1]);
    expect(answers.map(({ response }) => response.status)).toEqual([404, 404]);
    expect(JSON.stringify(bodies)).not.toContain("team-b");
  });

  it("says which permission is missing when something is changed", async () => {
    const { run, call } = setUp();
    const request = call("/x", { method: "POST", body: "{}", headers: origin });
    const { response, problem } = await run(
      () => Promise.reject(new KubeError(403, "Forbidden", "cannot patch deployments")),
      request,
      { mutation: true },
    );
    expect([response.status, problem?.code, problem?.detail]).toEqual([403, "forbidden", "cannot patch deployments"]);
  });

  it("ends the session when the cluster answers 401", async () => {
    const { run, session, identify } = setUp();
    identify.mockRejectedValue(new KubeError(401, "Unauthorized", "Unauthorized"));
    const { response } = await run(() => Promise.reject(new KubeError(401, "Unauthorized", "Unauthorized")));
    expect(response.status).toBe(401);
    expect(session.ended.aborted).toBe(true);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("leaves the cookie alone when its session is over: a late answer would take away that of who has logged in since", async () => {
    const { run, sessions, session } = setUp();
    sessions.end(session, "You logged in anew.");
    const { response, problem } = await run(ok);
    expect([problem?.code, problem?.detail]).toEqual(["unauthenticated", "You logged in anew."]);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("keeps the session when the cluster knows the credentials a moment later: it may just have been started", async () => {
    const { run, session, identify } = setUp();
    identify.mockRejectedValueOnce(new KubeError(401, "Unauthorized", "Unauthorized"));
    const { response } = await run(() => Promise.reject(new KubeError(401, "Unauthorized", "Unauthorized")));
    expect(response.status).toBe(503);
    expect(session.ended.aborted).toBe(false);
  });

  it("reads again when the cluster knows the credentials after all, but does nothing twice that changes something", async () => {
    const { run, call } = setUp();
    const handler = vi.fn(ok).mockRejectedValueOnce(new KubeError(401, "Unauthorized", "Unauthorized"));
    expect((await run(handler)).response.status).toBe(200);
    expect(handler).toHaveBeenCalledTimes(2);
    handler.mockRejectedValueOnce(new KubeError(401, "Unauthorized", "Unauthorized"));
    const change = call("/x", { method: "POST", body: "{}", headers: origin });
    expect((await run(handler, change, { mutation: true })).response.status).toBe(503);
    expect(handler).toHaveBeenCalledTimes(3);
  });

  it("changes something with a view of one's own when the one that is shared was opened with credentials that were revoked", async () => {
    const { session, guard, call, whoAmI, newLease } = setUp();
    const shared = newLease({ token: "somebody's who logged out" });
    Object.assign(session.clusters.get("east") ?? {}, { lease: shared });
    const used = vi.fn<(view: ClusterView) => void>();
    const route = guard.guarded(
      async ({ view }) => {
        used(view);
        return ok();
      },
      { mutation: true },
    );
    const change = () => call("/x", { method: "POST", body: "{}", headers: origin });
    expect((await route(change(), { params: Promise.resolve({}) })).status).toBe(200);
    expect(used.mock.lastCall?.[0]).toBe(shared.view);
    whoAmI.mockRejectedValueOnce(new KubeError(401, "Unauthorized", "Unauthorized"));
    expect((await route(change(), { params: Promise.resolve({}) })).status).toBe(200);
    expect(used.mock.lastCall?.[0]).not.toBe(shared.view);
    // One's own needs no asking.
    expect((await route(change(), { params: Promise.resolve({}) })).status).toBe(200);
    expect([used.mock.calls.length, whoAmI.mock.calls.length]).toEqual([3, 2]);
  });

  it("works at some of one person's requests at a time, in all of their sessions, and at others' at once", async () => {
    const { guard, call } = setUp();
    const gate = Promise.withResolvers<void>();
    let working = 0;
    const route = guard.guarded(async () => {
      working += 1;
      await gate.promise;
      return ok();
    });
    const answers = Array.from({ length: 40 }, () => route(call("/x"), { params: Promise.resolve({}) }));
    await vi.waitFor(() => expect(working).toBe(usualLimit.working));
    gate.resolve();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(40).fill(200));
    expect(working).toBe(40);
  });

  it("reads with another view when the one that it has is refused again and again, whoever had opened it", async () => {
    const { session, guard, call } = setUp();
    const revoked = session.clusters.get("east")?.lease.view;
    const used = vi.fn<(view: ClusterView) => void>();
    const route = guard.guarded(async ({ view }) => {
      used(view);
      if (view === revoked) throw new KubeError(401, "Unauthorized", "Unauthorized");
      return ok();
    });
    expect((await route(call("/x"), { params: Promise.resolve({}) })).status).toBe(200);
    expect(used.mock.calls.map(([view]) => view === revoked)).toEqual([true, true, false]);
    expect(session.ended.aborted).toBe(false);
  });

  it("says nothing of an unexpected fault but the request id, and logs it", async () => {
    const { run } = setUp();
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { response, problem } = await run(() => Promise.reject(new Error("hunter2")));
    expect(response.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain("hunter2");
    expect(log.mock.calls[0]?.[0]).toContain(problem?.requestId);
  });

  it("takes changes from the same origin, as JSON, and nothing else", async () => {
    const { run, call } = setUp();
    const change = (headers: Record<string, string>, method = "POST") =>
      run(ok, call("/x", { method, headers, ...(method === "POST" ? { body: "{}" } : {}) }), { mutation: true }).then(
        ({ response }) => response.status,
      );
    expect(await change(origin)).toBe(200);
    expect(await change({ "content-type": "application/json" })).toBe(403);
    expect(await change({ ...origin, origin: "http://evil.localhost:3000" })).toBe(403);
    expect(await change({ ...origin, "content-type": "text/plain" })).toBe(415);
    expect(await change({ origin: "http://localhost:3000" }, "DELETE")).toBe(200);
  });

  it("answers under loopback names only when it runs locally", async () => {
    const { run, call } = setUp();
    expect((await run(ok, call("/x", { headers: { host: "rebound.example.com" } }))).response.status).toBe(421);
  });

  it("asks the cluster at most once a minute whether the session's own credentials still work", async () => {
    const { run, clock, identify, session } = setUp();
    await run(ok);
    expect(identify).not.toHaveBeenCalled();
    clock.time += 61_000;
    await Promise.all([run(ok), run(ok)]);
    expect(identify).toHaveBeenCalledOnce();
    clock.time += 61_000;
    identify.mockRejectedValue(new KubeError(0, "Unreachable", "no route"));
    expect((await run(ok)).response.status).toBe(200);
    clock.time += 61_000;
    identify.mockRejectedValue(new KubeError(401, "Unauthorized", "Unauthorized"));
    expect((await run(ok)).response.status).toBe(401);
    expect(session.ended.aborted).toBe(true);
  });

  it("ends a session whose credentials now belong to other groups", async () => {
    const { run, clock, identify } = setUp();
    clock.time += 61_000;
    identify.mockResolvedValue({ ...identity, groups: [] });
    expect((await run(ok)).problem?.detail).toContain("groups have changed");
  });
});

describe("open", () => {
  it("needs no session, and guards changes all the same", async () => {
    const { guard, call } = setUp();
    const route = guard.open(async ({ json }) => Response.json(await json(z.object({ a: z.number() }))), {
      mutation: true,
    });
    const post = (headers: Record<string, string>) =>
      route(call("/x", { method: "POST", body: '{"a":1}', headers: { cookie: "", ...headers } }), {
        params: Promise.resolve({}),
      });
    expect((await post(origin)).status).toBe(200);
    expect((await post({ "content-type": "application/json", "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("gives path parameters decoded and refuses broken escapes", async () => {
    const { guard, call } = setUp();
    const route = guard.open<{ name: string }>(async ({ params }) => Response.json(params));
    const get = (name: string) => route(call("/x"), { params: Promise.resolve({ name }) });
    expect(await (await get("system%3Areader")).json()).toEqual({ name: "system:reader" });
    expect((await get("%E0%A4%A")).status).toBe(404);
  });
});
