import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readConfig } from "./config.ts";
import { chartDirectory, DeployFixture, one, setJson, type Manifest } from "./deploy-fixture.ts";

let fixture: DeployFixture;
beforeAll(async () => {
  fixture = await DeployFixture.open();
});
afterAll(async () => fixture.close());

const podSchema = z.object({
  spec: z.object({
    automountServiceAccountToken: z.boolean(),
    containers: z.array(
      z.looseObject({ image: z.string(), env: z.array(z.object({ name: z.string(), value: z.string().optional() })) }),
    ),
  }),
});
const deploymentSchema = z.object({ spec: z.looseObject({ replicas: z.number(), template: podSchema }) });

/** The environment of the container, as Kubernetes would give it. */
function environmentOf(manifests: readonly Manifest[]): Record<string, string | undefined> {
  const { containers } = deploymentSchema.parse(one(manifests, "Deployment")).spec.template.spec;
  const own = (containers[0]?.env ?? []).map(({ name, value }) => [name, value]);
  return { KUBERNETES_SERVICE_HOST: "10.0.0.1", ...Object.fromEntries(own) };
}

const gateways = [{ name: "public", namespace: "gateways" }];
const valueSets: Record<string, Record<string, unknown>> = {
  "default values": {},
  "an Ingress": { "ingress.enabled": true, "ingress.className": "nginx", "ingress.tlsSecret": "driftglass-tls" },
  "several replicas": { replicas: 3, stickySessions: true, "ingress.enabled": true },
  "ClusterRoles and narrow network rules": {
    "rbac.create": true,
    fullnameOverride: "deploy-test",
    "networkPolicy.from": [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }],
    "networkPolicy.apiServerCidrs": ["10.0.0.1/32"],
    "networkPolicy.extraEgress": [{ ports: [{ port: 80 }] }],
    "rbac.viewerExtraRules": [{ apiGroups: ["example.com"], resources: ["*"], verbs: ["get", "list", "watch"] }],
  },
  "every setting of a pod": {
    "image.digest": `sha256:${"0".repeat(64)}`,
    imagePullSecrets: [{ name: "registry" }],
    apiServers: ["kubernetes.default.svc"],
    namespaces: ["team-a", "team-b"],
    artifactHosts: ["source-controller.flux-system.svc:80"],
    extraEnv: [{ name: "NODE_OPTIONS", value: "--max-old-space-size=512" }],
    podAnnotations: { a: "b" },
    podLabels: { c: "d" },
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{ operator: "Exists" }],
    "serviceAccount.annotations": { e: "f" },
    "service.type": "NodePort",
    "podDisruptionBudget.enabled": false,
    "networkPolicy.enabled": false,
  },
};

describe("the Helm chart", () => {
  it.each(Object.entries(valueSets))("passes helm lint with %s", async (_, values) => {
    const { code, stdout, stderr } = await fixture.run("helm", [
      "lint",
      "--strict",
      chartDirectory,
      ...setJson(values),
    ]);
    expect(stdout + stderr).not.toMatch(/\[(ERROR|WARNING)\]/);
    expect(code).toBe(0);
  });

  it.each(Object.entries(valueSets))("is taken by the API server, with no warning, with %s", async (_, values) => {
    const namespace = await fixture.restrictedNamespace("dry");
    const args = ["template", "driftglass", chartDirectory, `--namespace=${namespace}`, ...setJson(values)];
    const file = await fixture.file("rendered.yaml", await fixture.must("helm", args));
    const applied = await fixture.run("kubectl", ["apply", "--dry-run=server", `--namespace=${namespace}`, "-f", file]);
    expect(applied).toMatchObject({ code: 0, stderr: "" });
    expect(applied.stdout).toContain("deployment.apps/");
  });

  it("configures the server with what the values say", async () => {
    const plain = readConfig(environmentOf(await fixture.render()));
    expect(plain).toMatchObject({ mode: "hosted", inCluster: true, clusterCaPath: "/run/driftglass/ca.crt" });
    expect(plain.publicUrl).toBeUndefined();
    const full = readConfig(
      environmentOf(await fixture.render({ ...valueSets["every setting of a pod"], clusterName: "east" })),
    );
    expect(full).toMatchObject({
      clusterName: "east",
      apiServers: ["kubernetes.default.svc"],
      namespaceCandidates: ["team-a", "team-b"],
      artifactHosts: ["source-controller.flux-system.svc:80"],
    });
    const routed = { "httpRoute.enabled": true, "httpRoute.parentRefs": gateways };
    expect(readConfig(environmentOf(await fixture.render(routed))).publicUrl).toBe("https://driftglass.example.com");
    const clear = { "ingress.enabled": true, "ingress.tls": false, "ingress.host": "drift.test" };
    expect(readConfig(environmentOf(await fixture.render(clear))).publicUrl).toBe("http://drift.test");
  });

  it("gives Driftglass no rights and mounts no token", async () => {
    const manifests = await fixture.render();
    expect(manifests.map(({ kind }) => kind).filter((kind) => /Role/.test(kind))).toEqual([]);
    expect(one(manifests, "ServiceAccount")).toMatchObject({ automountServiceAccountToken: false });
    expect(deploymentSchema.parse(one(manifests, "Deployment")).spec.template.spec.automountServiceAccountToken).toBe(
      false,
    );
    // People are bound by whoever installs it, never by the chart.
    const kinds = (await fixture.render({ "rbac.create": true })).map(({ kind }) => kind);
    expect(kinds.filter((kind) => /Role/.test(kind))).toEqual(["ClusterRole", "ClusterRole"]);
  });

  it("gives Driftglass Secrets in the records' namespace when releases are recorded, and nothing else", async () => {
    const rules = (manifests: readonly Manifest[]) =>
      manifests
        .filter(({ kind }) => kind.endsWith("Role"))
        .map(({ kind, metadata, ["rules"]: of }) => [kind, metadata.namespace, of]);
    const manifests = await fixture.render({ "records.enabled": true, "records.keep": 7, fullnameOverride: "drift" });
    const verbs = ["get", "list", "create", "update", "delete"];
    expect(rules(manifests)).toEqual([["Role", "drift-records", [{ apiGroups: [""], resources: ["secrets"], verbs }]]]);
    expect(readConfig(environmentOf(manifests)).records).toEqual({
      place: {
        kind: "cluster",
        namespace: "drift-records",
        account: { tokenPath: "/run/driftglass-records/token" },
      },
      limits: { perApplication: 7, bytes: 64 * 1024 * 1024 },
      watch: false,
    });
    const watching = await fixture.render({ "records.enabled": true, "records.watch": true, "rbac.create": true });
    expect(readConfig(environmentOf(watching)).records?.watch).toBe(true);
    const [viewer, own] = ["driftglass-viewer", "driftglass-records-watch"].map((name) =>
      watching.find(({ kind, metadata }) => kind === "ClusterRole" && metadata.name.endsWith(name)),
    );
    expect(own?.["rules"]).toEqual(viewer?.["rules"]);
  });

  it("shares sessions in a namespace of their own, with a key that stays and no affinity", async () => {
    const values = { replicas: 2, "sessions.shared": true, "ingress.enabled": true, "networkPolicy.from": [{}] };
    const manifests = await fixture.render({ ...values, fullnameOverride: "drift" });
    const verbs = ["get", "list", "watch", "create", "update", "delete"];
    expect(one(manifests, "Role")).toMatchObject({
      metadata: { namespace: "drift-sessions" },
      rules: [{ apiGroups: [""], resources: ["secrets"], verbs }],
    });
    expect(manifests.filter(({ kind }) => kind === "ClusterRole")).toEqual([]);
    const secret = one(manifests, "Secret") as Manifest & { data: { keys: string } };
    expect(secret.metadata).toMatchObject({ annotations: { "helm.sh/resource-policy": "keep" } });
    const keys = await fixture.file("keys", Buffer.from(secret.data.keys, "base64").toString());
    const environment = environmentOf(manifests);
    expect(environment["DRIFTGLASS_SESSION_KEY_FILE"]).toBe("/run/driftglass-session-keys/keys");
    const given = { DRIFTGLASS_SESSION_KEY_FILE: keys, DRIFTGLASS_REPLICA_ADDRESS: "10.0.0.7" };
    expect(readConfig({ ...environment, ...given }).sharing).toMatchObject({
      namespace: "drift-sessions",
      account: { tokenPath: "/run/driftglass-sessions/token" },
      home: "http://10.0.0.7:3000",
    });
    expect(one(manifests, "Service")["spec"]).not.toHaveProperty("sessionAffinity");
    const pods = { podSelector: { matchLabels: expect.objectContaining({ "app.kubernetes.io/name": "driftglass" }) } };
    expect(one(manifests, "NetworkPolicy")).toMatchObject({
      spec: {
        ingress: [{ from: [{}, pods] }],
        egress: expect.arrayContaining([expect.objectContaining({ to: [pods] })]),
      },
    });
    const own = await fixture.render({ "sessions.shared": true, "sessions.keySecret": "mine" });
    expect(own.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });

  it("keeps the key of shared sessions when it is upgraded", async () => {
    const namespace = await fixture.restrictedNamespace("keys");
    fixture.later(["delete", "namespace", `${namespace}-sessions`, "--ignore-not-found", "--wait=false"]);
    const args = ["driftglass", chartDirectory, `--namespace=${namespace}`];
    const values = setJson({ "sessions.shared": true, "sessions.namespace": `${namespace}-sessions`, replicas: 0 });
    const read = ["get", "secret", "driftglass-session-keys", `--namespace=${namespace}`, "-o=jsonpath={.data.keys}"];
    // With no warning of the restricted standard either.
    expect(await fixture.run("helm", ["install", ...args, ...values])).toMatchObject({ code: 0, stderr: "" });
    const before = await fixture.must("kubectl", read);
    await fixture.must("helm", ["upgrade", ...args, ...values]);
    expect(await fixture.must("kubectl", read)).toBe(before);
    expect(Buffer.from(Buffer.from(before, "base64").toString(), "base64")).toHaveLength(48);
    await fixture.must("helm", ["uninstall", "driftglass", `--namespace=${namespace}`]);
    expect(await fixture.must("kubectl", read)).toBe(before);
  });

  it("routes by the Gateway API to its own Service", async () => {
    const manifests = await fixture.render({
      "httpRoute.enabled": true,
      "httpRoute.parentRefs": gateways,
      "httpRoute.sessionPersistence": { type: "Cookie", sessionName: "driftglass-pod" },
      "service.port": 8080,
    });
    expect(one(manifests, "HTTPRoute")).toMatchObject({
      spec: {
        parentRefs: gateways,
        rules: [
          {
            backendRefs: [{ name: one(manifests, "Service").metadata.name, port: 8080 }],
            sessionPersistence: { type: "Cookie" },
          },
        ],
      },
    });
  });

  it.each([
    [
      "several replicas behind an Ingress without sticky sessions",
      { replicas: 2, "ingress.enabled": true },
      /stickySessions/,
    ],
    ["a value that does not exist", { replica: 2 }, /additional properties 'replica' not allowed/],
    ["a public URL with a path", { publicUrl: "https://example.com/drift" }, /publicUrl/],
    ["a digest that is none", { "image.digest": "latest" }, /digest/],
    ["an HTTPRoute without a Gateway", { "httpRoute.enabled": true }, /parentRefs/],
  ])("refuses %s", async (_, values, message) => {
    const { code, stderr } = await fixture.run("helm", ["template", "driftglass", chartDirectory, ...setJson(values)]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
  });

  it("would not be admitted with a weaker security context, so that the checks above mean something", async () => {
    const namespace = await fixture.restrictedNamespace("weak");
    const weak = setJson({ "securityContext.allowPrivilegeEscalation": true });
    const args = ["template", "driftglass", chartDirectory, `--namespace=${namespace}`, ...weak];
    const file = await fixture.file("weak.yaml", await fixture.must("helm", args));
    const { stderr } = await fixture.run("kubectl", [
      "apply",
      "--dry-run=server",
      `--namespace=${namespace}`,
      "-f",
      file,
    ]);
    expect(stderr).toContain("would violate PodSecurity");
  });

  it("installs into a namespace of the restricted standard, upgrades, and leaves nothing behind", async () => {
    const namespace = await fixture.restrictedNamespace("install");
    const place = [`--namespace=${namespace}`];
    const wait = ["--wait", "--timeout=40s"];
    const values = setJson({ "ingress.enabled": true });
    const notes = await fixture.must("helm", ["install", "driftglass", chartDirectory, ...place, ...wait, ...values]);
    expect(notes).toContain("https://driftglass.example.com");
    const kinds = "deployment,service,serviceaccount,ingress,networkpolicy,poddisruptionbudget";
    const ours = [kinds, "--selector=app.kubernetes.io/name=driftglass", ...place, "-o=name"];
    expect((await fixture.must("kubectl", ["get", ...ours])).trim().split("\n")).toHaveLength(6);
    const state = "jsonpath={.items[*].status.conditions[?(@.type=='Ready')].status}";
    expect(await fixture.must("kubectl", ["get", "pods", ...place, `-o=${state}`])).toBe("True");
    await fixture.must("helm", [
      "upgrade",
      "driftglass",
      chartDirectory,
      ...place,
      ...wait,
      ...setJson({ clusterName: "east" }),
    ]);
    expect(await fixture.must("kubectl", ["get", "ingress", ...place, "-o=name"])).toBe("");
    await fixture.must("helm", ["uninstall", "driftglass", ...place, ...wait]);
    expect(await fixture.must("kubectl", ["get", ...ours])).toBe("");
  });

  it("mounts a certificate authority that the API server's certificate is proved by", async () => {
    const namespace = await fixture.restrictedNamespace("ca");
    const read = ["get", "configmap", "kube-root-ca.crt", `--namespace=${namespace}`, "-o=jsonpath={.data.ca\\.crt}"];
    const create = ["create", "token", "default", `--namespace=${namespace}`];
    // Both are made by controllers, each in its own time.
    for (const made of [read, create])
      await expect.poll(async () => (await fixture.run("kubectl", made)).code, { timeout: 30_000 }).toBe(0);
    const ca = await fixture.file("ca.crt", await fixture.must("kubectl", read));
    const token = (await fixture.must("kubectl", create)).trim();
    const credentials = [`--server=${fixture.apiServerUrl}`, `--token=${token}`, `--certificate-authority=${ca}`];
    const whoami = await fixture.must("kubectl", [...credentials, "auth", "whoami"], "/dev/null");
    expect(whoami).toContain(`system:serviceaccount:${namespace}:default`);
  });
});
