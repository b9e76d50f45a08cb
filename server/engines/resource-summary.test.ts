import { describe, expect, it } from "vitest";
import { shortImage, summarise } from "./resource-summary.ts";
import { type Sketch, stored } from "./testing/memory-store.ts";
import { configMap, deployment, pod } from "./testing/objects.ts";

const of = (apiVersion: string, kind: string, rest: Record<string, unknown>): Sketch => ({
  apiVersion,
  kind,
  metadata: { name: "x", namespace: "shop" },
  ...rest,
});

describe("summarise", () => {
  it.each<[string, Sketch, string | undefined]>([
    ["readiness and images", deployment("backend", "shop", { replicas: 3, ready: 2 }), "2/3 ready · backend:1.4.2"],
    [
      "a schedule",
      of("batch/v1", "CronJob", {
        spec: {
          schedule: "0 2 * * *",
          suspend: true,
          jobTemplate: { spec: { template: { spec: { containers: [{ image: "a/backup:1" }] } } } },
        },
      }),
      "0 2 * * * · suspended · backup:1",
    ],
    ["restarts", pod("p", "shop", "o", "CrashLoopBackOff"), "Running · 0/1 ready · 4 restarts"],
    [
      "ports and addresses",
      of("v1", "Service", {
        spec: {
          type: "LoadBalancer",
          ports: [
            { port: 80, protocol: "TCP" },
            { port: 53, protocol: "UDP" },
          ],
        },
        status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } },
      }),
      "LoadBalancer · 80, 53/UDP · 192.0.2.1",
    ],
    [
      "hosts",
      of("networking.k8s.io/v1", "Ingress", { spec: { rules: [{ host: "a.example.com" }, {}] } }),
      "a.example.com, *",
    ],
    ["keys, never values", configMap("settings", "shop"), "1 key"],
    [
      "the scale",
      of("autoscaling/v2", "HorizontalPodAutoscaler", {
        spec: { scaleTargetRef: { kind: "Deployment", name: "backend" }, minReplicas: 2, maxReplicas: 6 },
        status: { currentReplicas: 3 },
      }),
      "Deployment/backend · 3 of 2–6 replicas",
    ],
    ["nothing for kinds that have none", of("v1", "ServiceAccount", {}), undefined],
  ])("tells %s", (_what, object, summary) => {
    expect(summarise(stored(object))).toBe(summary);
  });

  it("shortens images to name and tag", () => {
    expect(shortImage("registry.example.com:5000/team/backend:1.4.2@sha256:abc")).toBe("backend:1.4.2");
    expect(shortImage(`backend@sha256:${"a".repeat(64)}`)).toBe("backend@sha256:aaaaaaa");
    expect(shortImage("backend")).toBe("backend");
  });
});
