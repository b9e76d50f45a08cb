import { describe, expect, it } from "vitest";
import { KubeError, type KubeClient, type KubeRequest } from "#server/kube/client.ts";
import type { Application } from "#lib/model/application.ts";
import { measuredClient, verbOf } from "./measured-client.ts";
import { Metrics } from "./metrics.ts";

const view = (state: "live" | "disconnected", since: string) => ({
  connection: () => ({ state, since }),
  limits: () =>
    state === "live" ? [] : [{ group: "apps", kind: "Deployment", reason: "forbidden" as const, message: "no" }],
  snapshot: () => ({ items: [{} as Application, {} as Application], sequence: 1 }),
});

function metrics(): Metrics {
  return new Metrics({
    sessions: () => 3,
    streams: () => 2,
    views: () => [view("live", "2026-01-01T00:00:00Z"), view("disconnected", "2026-01-01T00:00:00Z")],
    now: () => Date.parse("2026-01-01T00:01:30Z"),
  });
}

describe("the metrics", () => {
  it("tell how views follow their clusters, and how long the worst has not", async () => {
    const { body } = await metrics().text();
    expect(body).toContain('driftglass_connections{state="live"} 1');
    expect(body).toContain('driftglass_connections{state="disconnected"} 1');
    expect(body).toContain('driftglass_limited_kinds{reason="forbidden"} 1');
    expect(body).toContain("driftglass_lag_seconds 90");
    expect(body).toContain("driftglass_applications 4");
    expect(body).toContain("driftglass_sessions 3");
  });

  it("count answers, requests to the cluster and actions", async () => {
    const counted = metrics();
    counted.answered("POST", 403);
    counted.acted({ unit: "helm/billing/ledger", action: "rollback", result: "accepted" });
    counted.asked("list", 200, 0.01);
    const { body } = await counted.text();
    expect(body).toContain('driftglass_http_requests_total{method="POST",status="4xx"} 1');
    expect(body).toContain('driftglass_actions_total{engine="helm",action="rollback",result="accepted"} 1');
    expect(body).toContain('driftglass_kubernetes_requests_total{verb="list",code="200"} 1');
  });

  it("name no application, namespace or person", async () => {
    const counted = metrics();
    counted.acted({ unit: "helm/billing/ledger", action: "sync", result: "failed" });
    expect((await counted.text()).body).not.toMatch(/billing|ledger/);
  });
});

describe("a measured client", () => {
  it("counts the events of watches, though they come in pieces, and no lines of logs", async () => {
    const heard: number[] = [];
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (const piece of ['{"a":1}\n{"b"', ":2}", "\n\n"]) yield Buffer.from(piece);
    }
    const streaming = { stream: async () => pieces() } as unknown as KubeClient;
    const client = measuredClient(
      streaming,
      { asked: () => undefined, heard: (events) => void heard.push(events) },
      () => 0,
    );
    const read = async (request: KubeRequest): Promise<string> => {
      let text = "";
      for await (const piece of await client.stream(request)) text += Buffer.from(piece).toString();
      return text;
    };
    expect(await read({ path: "/api/v1/pods", query: { watch: 1 } })).toBe('{"a":1}\n{"b":2}\n\n');
    expect(heard).toEqual([1, 0, 2]);
    await read({ path: "/api/v1/namespaces/a/pods/web/log" });
    expect(heard.length).toBe(3);
  });

  it("counts the code of a refusal and hands it on", async () => {
    const asked: unknown[] = [];
    const refusing = {
      request: () => Promise.reject(new KubeError(403, "Forbidden", "no")),
    } as unknown as KubeClient;
    const client = measuredClient(
      refusing,
      { asked: (...all) => void asked.push(all), heard: () => undefined },
      () => 0,
    );
    await expect(client.request({ path: "/api/v1/pods" })).rejects.toThrow("no");
    expect(asked).toEqual([["list", 403, 0]]);
  });

  it.each([
    ["list", { path: "/api/v1/namespaces" }],
    ["get", { path: "/api/v1/namespaces/billing" }],
    ["list", { path: "/apis/apps/v1/namespaces/billing/deployments" }],
    ["get", { path: "/apis/apps/v1/namespaces/billing/deployments/api" }],
    ["watch", { path: "/apis/apps/v1/deployments", query: { watch: 1 } }],
    ["get", { path: "/version" }],
    ["patch", { path: "/apis/apps/v1/namespaces/billing/deployments/api", method: "PATCH" as const }],
  ])("calls it %s as Kubernetes does: %o", (verb, request) => {
    expect(verbOf(request)).toBe(verb);
  });
});
