import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "vitest";
import { createKubeClient } from "./kube-client.ts";
import { isMachineAddress, lookupElsewhere, mayConnect, needsAddressCheck } from "./server-policy.ts";

const url = (text: string) => new URL(text);
const hosted = { mode: "hosted", inCluster: false, allowed: [] } as const;
const pod = { mode: "hosted", inCluster: true, allowed: [], own: ["10.96.0.1:443"] } as const;

describe("the API servers that an uploaded kubeconfig may name", () => {
  it("are all for a local Driftglass", () => {
    expect(mayConnect({ ...hosted, mode: "local" }, url("https://127.0.0.1:6443"))).toBe(true);
  });

  it("are the allowed ones alone, with any port where none is given", () => {
    const policy = { ...hosted, allowed: ["api.example", "k8s.example:6443", "tls.example:443"] };
    for (const server of [
      "https://api.example:6443",
      "https://API.example",
      "https://k8s.example:6443",
      "https://tls.example",
    ])
      expect(mayConnect(policy, url(server))).toBe(true);
    for (const server of ["https://k8s.example", "https://evil.example", "https://127.0.0.1"])
      expect(mayConnect(policy, url(server))).toBe(false);
  });

  it("are the own one alone in a cluster, unless more are allowed", () => {
    expect(mayConnect(pod, url("https://kubernetes.default.svc"))).toBe(true);
    expect(mayConnect(pod, url("https://10.96.0.1"))).toBe(true);
    expect(mayConnect(pod, url("https://10.96.0.1:8443"))).toBe(false);
    expect(mayConnect(pod, url("https://other.example:6443"))).toBe(false);
    expect(mayConnect({ ...pod, allowed: ["other.example"] }, url("https://other.example:6443"))).toBe(true);
  });

  it.each([
    "https://127.0.0.1:6443",
    "https://127.1",
    "https://0x7f000001",
    "https://localhost:6443",
    "https://a.localhost",
    "https://0.0.0.0",
    "https://169.254.169.254",
    "https://[::1]:6443",
    "https://[::ffff:127.0.0.1]",
    "https://[fe80::1]",
    "https://[fd00:ec2::254]",
  ])("do not include %s for a hosted one", (server) => expect(mayConnect(hosted, url(server))).toBe(false));

  it("include private networks for a hosted one", () => {
    for (const server of ["https://10.0.0.1:6443", "https://k8s.example:6443", "https://[fd12::1]"])
      expect(mayConnect(hosted, url(server))).toBe(true);
    expect(needsAddressCheck(hosted)).toBe(true);
    expect(needsAddressCheck(pod)).toBe(false);
  });
});

describe("a name that leads to the machine itself", () => {
  it("is not resolved", async () => {
    const answer = await new Promise<string | LookupAddress[] | Error>((resolve) =>
      lookupElsewhere("localhost", {}, (error, address) => resolve(error ?? address)),
    );
    expect(answer).toBeInstanceOf(Error);
    expect(isMachineAddress("127.0.0.53")).toBe(true);
  });

  it("is not connected to by a client that checks addresses", async () => {
    const client = createKubeClient({ cluster: "c", server: "https://localhost:1", token: "t", checkAddresses: true });
    await expect(client.request({ path: "/version" })).rejects.toThrow("EADDRNOTALLOWED");
    await client.close();
  });
});
