import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { argocdConfig, argocdServer } from "#server/argocd-config.ts";
import { ArgoFault } from "#server/desired/argocd/argo-fault.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { ArgocdLogins } from "./argocd-logins.ts";
import type { SessionCluster } from "./session.ts";

// The server below answers as Argo CD's does to `userinfo`; the real one is asked in server/desired/argocd/argocd.cluster.test.ts.
let server: Server;
let url: URL;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.headers.authorization === "Bearer good")
      response.end(JSON.stringify({ loggedIn: true, username: "mara" }));
    else if (request.url?.startsWith("/api/v1/session/userinfo")) response.end("{}");
    else response.writeHead(401).end(JSON.stringify({ message: "invalid session: token is expired" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => void server.close());

const clusterOf = (ended = new AbortController()): SessionCluster =>
  ({ name: "prod", ended: ended.signal }) as unknown as SessionCluster;
const logins = (): ArgocdLogins =>
  new ArgocdLogins(async (name) => (name === "prod" ? { url } : undefined), createMasker());

describe("a token for Argo CD", () => {
  it("belongs to one session, and what is told of it does not hold it", async () => {
    const all = logins();
    const [mine, other] = [clusterOf(), clusterOf()];
    expect(await all.logIn(mine, "good")).toEqual({ state: "connected", url: url.href, username: "mara" });
    expect(all.connection(mine)).toBeDefined();
    expect(all.connection(other)).toBeUndefined();
    expect(await all.state(other)).toEqual({ state: "disconnected", url: url.href });
  });

  it("is forgotten with the session, and when the person says so", async () => {
    const all = logins();
    const ended = new AbortController();
    const [one, two] = [clusterOf(ended), clusterOf()];
    await Promise.all([all.logIn(one, "good"), all.logIn(two, "good")]);
    ended.abort("You logged out.");
    await all.logOut(two);
    expect([all.connection(one), all.connection(two)]).toEqual([undefined, undefined]);
  });

  it("that is not taken is not kept, and why is said", async () => {
    const all = logins();
    const cluster = clusterOf();
    await expect(all.logIn(cluster, "bad")).rejects.toMatchObject({ problem: { status: 422, code: "argocd-expired" } });
    expect(all.connection(cluster)).toBeUndefined();
  });

  it("goes with its session to another replica, which tries it anew", async () => {
    const all = logins();
    const [good, bad] = [clusterOf(), clusterOf()];
    const restoring = [all.restore(good, "good"), all.restore(bad, "bad")];
    // What is kept of the session meanwhile has it still.
    expect(all.token(good)).toBe("good");
    await Promise.all(restoring);
    expect([all.token(good), all.token(bad)]).toEqual(["good", undefined]);
    expect(all.connection(good)).toBeDefined();
  });

  it("that stops being taken is not used again", async () => {
    const all = logins();
    const cluster = clusterOf();
    await all.logIn(cluster, "good");
    all.report(cluster, new ArgoFault("forbidden", "Not this one."));
    expect(all.connection(cluster)).toBeDefined();
    all.report(cluster, new ArgoFault("expired", "It has expired."));
    expect(all.connection(cluster)).toBeUndefined();
    expect(await all.state(cluster)).toMatchObject({ state: "expired", message: "It has expired." });
  });

  it("has nowhere to go in a cluster without a configured server", async () => {
    const nowhere = { ...clusterOf(), name: "staging" };
    expect(await logins().state(nowhere)).toEqual({ state: "unavailable" });
    await expect(logins().logIn(nowhere, "good")).rejects.toMatchObject({ problem: { code: "no-argocd-server" } });
  });
});

describe("the configured servers", () => {
  it("are named for each cluster, or for all", async () => {
    const config = argocdConfig({
      DRIFTGLASS_ARGOCD_SERVER: ["https://argo.example.com", "prod=https://prod.example.com/argo"],
    });
    expect((await argocdServer(config, "prod"))?.url.href).toBe("https://prod.example.com/argo");
    expect((await argocdServer(config, "staging"))?.url.href).toBe("https://argo.example.com/");
    expect(await argocdServer(argocdConfig({ DRIFTGLASS_ARGOCD_SERVER: [] }), "prod")).toBeUndefined();
  });
});
