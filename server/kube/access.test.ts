import { describe, expect, it } from "vitest";
import { createClusterAccess, describeAccess, namespaceCandidates } from "./access.ts";
import { KubeError } from "./client.ts";
import type { KubeRequest } from "./client.ts";

const patch = { verb: "patch", group: "helm.toolkit.fluxcd.io", resource: "helmreleases", namespace: "team-a" };

function scripted(answer: (body: unknown) => unknown): {
  client: { request<T>(request: KubeRequest): Promise<T> };
  most: () => number;
  asked: () => number;
} {
  let running = 0;
  let most = 0;
  let asked = 0;
  return {
    most: () => most,
    asked: () => asked,
    client: {
      async request<T>({ body }: KubeRequest): Promise<T> {
        asked++;
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        const result = answer(body);
        if (result instanceof Error) throw result;
        return result as T;
      },
    },
  };
}

describe("access", () => {
  it("is described as the permission that is missing", () => {
    expect(describeAccess(patch)).toBe("needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a");
    expect(describeAccess({ verb: "get", group: "", resource: "pods", subresource: "log" })).toBe(
      "needs get on pods/log",
    );
  });

  it("is asked once for some seconds, eight at a time", async () => {
    let now = 0;
    const { client, most, asked } = scripted(() => ({ status: { allowed: true } }));
    const access = createClusterAccess(client, { now: () => now });
    const many = Array.from({ length: 30 }, (_, index) => ({ ...patch, namespace: `n${index}` }));
    expect((await access.review([...many, ...many])).every(({ allowed }) => allowed)).toBe(true);
    expect([asked(), most()]).toEqual([30, 8]);
    now = 5_001;
    await access.review([patch]);
    await access.review([patch]);
    expect(asked()).toBe(31);
    access.forget?.();
    await access.review([patch]);
    expect(asked()).toBe(32);
  });

  it("is not allowed when it can't be asked, and a 401 is passed on", async () => {
    const down = createClusterAccess(scripted(() => new KubeError(0, "Unreachable", "down")).client);
    expect(await down.review([patch])).toMatchObject([
      { allowed: false, reason: expect.stringContaining("down") as unknown },
    ]);
    const ended = createClusterAccess(scripted(() => new KubeError(401, "Unauthorized", "expired")).client);
    await expect(ended.review([patch])).rejects.toMatchObject({ status: 401 });
  });

  it("asks a server whose rules are incomplete for one right", async () => {
    const { client } = scripted((body) =>
      (body as { kind: string }).kind === "SelfSubjectRulesReview"
        ? { status: { incomplete: true, resourceRules: [] } }
        : { status: { allowed: true } },
    );
    expect(await createClusterAccess(client).readableNamespaces(["team-a"])).toEqual(["team-a"]);
  });

  it("looks in the service account's namespace, the context's and the configured ones", () => {
    expect(
      namespaceCandidates({
        username: "system:serviceaccount:team-a:bot",
        contextNamespace: "x",
        configured: ["y", "team-a"],
      }),
    ).toEqual(["team-a", "x", "y"]);
    expect(namespaceCandidates({ username: "jane" })).toEqual([]);
  });
});
