import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

describe("readConfig", () => {
  it("is local on a laptop and hosted in a cluster", () => {
    expect(readConfig({}).mode).toBe("local");
    expect(readConfig({ KUBERNETES_SERVICE_HOST: "10.0.0.1" }).mode).toBe("hosted");
  });

  it("prefers Driftglass's own kubeconfig variable and splits lists", () => {
    const config = readConfig({ KUBECONFIG: "/a:/b", DRIFTGLASS_NAMESPACES: "team-a, team-b" });
    expect(config.kubeconfigPaths).toEqual(["/a", "/b"]);
    expect(config.namespaceCandidates).toEqual(["team-a", "team-b"]);
    expect(readConfig({ KUBECONFIG: "/a", DRIFTGLASS_KUBECONFIG: "/c" }).kubeconfigPaths).toEqual(["/c"]);
  });

  it("finds the cluster's certificate authority where every pod has it, or where it is told", () => {
    expect(readConfig({}).clusterCaPath).toBe("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt");
    expect(readConfig({ DRIFTGLASS_CLUSTER_CA: "/run/ca.crt" }).clusterCaPath).toBe("/run/ca.crt");
  });

  it("names every variable that is wrong", () => {
    expect(() => readConfig({ DRIFTGLASS_MODE: "cloud", DRIFTGLASS_PUBLIC_URL: "ftp://x" })).toThrow(
      /DRIFTGLASS_MODE[\s\S]*DRIFTGLASS_PUBLIC_URL/,
    );
  });
});
