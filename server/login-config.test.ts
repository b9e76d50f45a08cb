import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { readClusterList } from "#server/kube/cluster-list.ts";

const folder = mkdtempSync(join(tmpdir(), "login-config-"));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("how people may log in", () => {
  it("is refused where an identity provider is not https, or its client is not named", () => {
    expect(() => readConfig({ DRIFTGLASS_OIDC_ISSUER: "http://idp", DRIFTGLASS_OIDC_CLIENT_ID: "d" })).toThrow(
      /DRIFTGLASS_OIDC_ISSUER/,
    );
    expect(() => readConfig({ DRIFTGLASS_OIDC_ISSUER: "https://idp" })).toThrow(/DRIFTGLASS_OIDC_CLIENT_ID/);
    const withoutId = { DRIFTGLASS_OIDC_ISSUER: "https://idp", DRIFTGLASS_OIDC_CLIENT_ID: "d" };
    expect(() => readConfig({ ...withoutId, DRIFTGLASS_OIDC_SCOPES: "profile" })).toThrow(/DRIFTGLASS_OIDC_SCOPES/);
    expect(readConfig(withoutId).login.oidc?.scopes).toContain("offline_access");
  });

  it("trusts a proxy's headers only with something that nobody else has", () => {
    const proxy = { DRIFTGLASS_MODE: "hosted", DRIFTGLASS_PROXY_USER_HEADER: "X-Forwarded-User" };
    expect(() => readConfig(proxy)).toThrow(/DRIFTGLASS_PROXY_SECRET_FILE/);
    expect(() => readConfig({ ...proxy, DRIFTGLASS_PROXY_SECRET_FILE: file("short", "x") })).toThrow(/16 characters/);
    expect(() => readConfig({ ...proxy, DRIFTGLASS_PROXY_PEERS: "10.0.0.0/99" })).toThrow(/DRIFTGLASS_PROXY_PEERS/);
    expect(() => readConfig({ ...proxy, DRIFTGLASS_MODE: "local", DRIFTGLASS_PROXY_PEERS: "10.0.0.0/8" })).toThrow(
      /hosted/,
    );
    const secret = file("secret", "a secret of the proxy\n");
    expect(readConfig({ ...proxy, DRIFTGLASS_PROXY_SECRET_FILE: secret }).login.proxy?.secret).toBe(
      "a secret of the proxy",
    );
  });

  it("needs the printed link for this machine's contexts, but in development and where it is switched off", () => {
    expect(readConfig({}).login.launch).toEqual({});
    expect(readConfig({ NODE_ENV: "development" }).login.launch).toBeUndefined();
    expect(readConfig({ DRIFTGLASS_LAUNCH: "off" }).login.launch).toBeUndefined();
    expect(readConfig({ DRIFTGLASS_MODE: "hosted" }).login.launch).toBeUndefined();
  });

  it("believes no X-Forwarded-For in local mode, and when hosted that of private networks unless told", () => {
    expect(readConfig({}).login.trustedProxies).toEqual([]);
    expect(readConfig({ DRIFTGLASS_MODE: "hosted" }).login.trustedProxies).toContain("10.0.0.0/8");
    expect(readConfig({ DRIFTGLASS_TRUSTED_PROXIES: "192.0.2.1" }).login.trustedProxies).toEqual(["192.0.2.1"]);
  });
});

describe("the clusters that tokens may be for", () => {
  it("are those of a kubeconfig, whose users are passed over", async () => {
    const ca = Buffer.from("a certificate").toString("base64");
    const list = file(
      "clusters",
      JSON.stringify({
        clusters: [
          { name: "east", cluster: { server: "https://east:6443/", "certificate-authority-data": ca } },
          { name: "west", cluster: { server: "https://west", "certificate-authority": file("ca.crt", "another") } },
        ],
        users: [{ name: "root", user: { exec: { command: "touch" } } }],
      }),
    );
    expect(await readClusterList(list)).toEqual([
      { cluster: "east", server: "https://east:6443", ca: "a certificate" },
      { cluster: "west", server: "https://west", ca: "another" },
    ]);
  });

  it.each([
    ["plain HTTP", { name: "east", cluster: { server: "http://east" } }],
    ["the name that means all", { name: "*", cluster: { server: "https://east" } }],
  ])("may not have %s", async (words, entry) => {
    await expect(readClusterList(file(words, JSON.stringify({ clusters: [entry] })))).rejects.toThrow(
      "list of clusters",
    );
  });
});
