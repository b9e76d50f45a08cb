import { afterEach, describe, expect, it, vi } from "vitest";
import { KubeError, type KubeClient } from "#server/kube/client.ts";
import type { LiveClusterView } from "./cluster-view.ts";
import { bareView } from "./testing/bare-view.ts";

let view: LiveClusterView | undefined;
afterEach(() => view?.close());

describe("a view whose API server is out of reach from the start", () => {
  it("is disconnected and not ready, and never shows an empty list as the truth", { timeout: 10_000 }, async () => {
    let reachable = false;
    const answer = (path: string) => {
      if (!reachable) throw new KubeError(0, "Unreachable", "c refuses connections");
      return path === "/api" ? { kind: "APIVersions", versions: [] } : { groups: [] };
    };
    const client: KubeClient = {
      server: "https://c",
      request: async <T>({ path }: { path: string }) => answer(path) as T,
      stream: () => Promise.reject(new KubeError(0, "Unreachable", "c refuses connections")),
      kubeconfig: async () => "",
      close: async () => undefined,
    };
    view = bareView(client, { username: "jane", groups: [] });
    await view.start();
    expect(view.connection()).toMatchObject({ state: "disconnected", message: "c refuses connections" });
    expect(view.ready()).toBe(false);
    reachable = true;
    await vi.waitFor(() => expect(view?.ready()).toBe(true), { timeout: 5_000 });
    expect(view.connection().state).toBe("live");
  });
});
