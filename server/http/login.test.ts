import { describe, expect, it, vi } from "vitest";
import type { Problem } from "#lib/api/problem-contract.ts";
import { KubeError } from "#server/kube/client.ts";
import { Metrics } from "#server/metrics/metrics.ts";
import { createGuard } from "./guard.ts";
import { logIn } from "./login.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import { SessionStore } from "./sessions.ts";
import { LoginThrottle } from "./throttle.ts";

const never = new Promise<string>(() => undefined);

/** A runtime whose cluster says what a test tells it to: what is tested is what a login does with the answer. */
function setUp() {
  const clock = { now: () => 1_000_000 };
  const sessions = new SessionStore(clock);
  const identify = vi.fn(async () => ({ username: "jane", groups: ["dev"] }));
  const acquire = vi.fn(async () => ({
    view: { ended: never, client: { request: async () => ({ gitVersion: "v1.36.0" }) } },
    release: vi.fn(),
  }));
  const runtime = {
    config: { mode: "hosted" },
    sessions,
    clock,
    throttle: new LoginThrottle(clock),
    metrics: new Metrics({ sessions: () => 0, streams: () => 0, views: () => [], now: () => 0 }),
    logins: {
      identify,
      localKubeconfig: async () => undefined,
      tokenClusters: async () => [{ cluster: "east", server: "https://east" }],
    },
    views: { acquire, size: 0 },
  } as unknown as HttpRuntime;
  const route = createGuard(async () => runtime).open(logIn, { mutation: true });
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const request = new Request("http://d/api/v1/session", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { host: "d", origin: "http://d", "content-type": "application/json", ...headers },
    });
    const response = await route(request, { params: Promise.resolve({}) });
    return { response, problem: (await response.clone().json()) as Problem };
  };
  return { post, identify, acquire, sessions };
}

describe("logging in", () => {
  it("is refused after ten failures, before the cluster is asked again (CVE-2024-21652)", async () => {
    const { post, identify } = setUp();
    identify.mockRejectedValue(new KubeError(401, "Unauthorized", "Unauthorized"));
    for (let attempt = 0; attempt < 10; attempt++)
      expect((await post({ token: "wrong" })).problem.code).toBe("wrong-credentials");
    const { response, problem } = await post({ token: "wrong" });
    expect([response.status, problem.code]).toEqual([429, "throttled"]);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(identify).toHaveBeenCalledTimes(10);
  });

  it("opens no view for an identity without a name (CVE-2026-23990)", async () => {
    const { post, identify, acquire } = setUp();
    identify.mockResolvedValue({ username: "", groups: [] });
    expect((await post({ token: "t" })).problem.code).toBe("anonymous");
    expect(acquire).not.toHaveBeenCalled();
  });

  it("ends the session that the browser had, and never shows the token", async () => {
    const { post, sessions, identify } = setUp();
    const first = await post({ token: "t0ken-of-jane" });
    expect(first.response.status).toBe(201);
    expect(await first.response.text()).not.toContain("t0ken-of-jane");
    const cookie = first.response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const before = sessions.find(cookie.split("=")[1] ?? "", false);
    identify.mockResolvedValue({ username: "jim", groups: [] });
    await post({ token: "t0ken-of-jim" }, { cookie });
    expect(sessions.size).toBe(1);
    expect(before?.ended.reason).toBe("You logged in anew.");
  });

  it("goes on with the session of the same person, with a new cookie and the new credentials", async () => {
    const { post, sessions, acquire } = setUp();
    const first = await post({ token: "old-token" });
    const cookie = first.response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const session = sessions.find(cookie.split("=")[1] ?? "", false);
    const again = await post({ token: "new-token" }, { cookie });
    expect(again.response.headers.get("set-cookie")).not.toContain(cookie);
    expect(session?.ended.aborted).toBe(false);
    expect(session?.clusters.get("east")?.credentials.token).toBe("new-token");
    expect(acquire).toHaveBeenCalledOnce();
  });

  it("is taken from our own pages alone", async () => {
    const { post, identify } = setUp();
    expect((await post({ token: "t" }, { origin: "https://evil.example" })).response.status).toBe(403);
    expect(identify).not.toHaveBeenCalled();
  });
});
