import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordSecretType } from "#lib/model/annotations.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import { logIn, type Person, until, withoutHold } from "#server/actions/testing/person.ts";
import { createClusterAccess } from "#server/kube/access.ts";
import { ClusterFixture } from "#server/kube/cluster-fixture.ts";
import { createDiscovery } from "#server/kube/discovery.ts";
import { openRecords, type OpenRecords } from "./open-records.ts";
import { recordedReleases } from "./recorded-releases.ts";

// Against the sandbox with its scenario: releases that its controllers have really applied, recorded as Secrets by an account that may do
// that and nothing else.
const staging: ApplicationRef = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-staging" };
const checkout: ApplicationRef = { engine: "argocd", namespace: "argocd", name: "checkout" };
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const soon = { timeout: 50_000, interval: 250 };

let cluster: ClusterFixture;
let folder: string;
let records: OpenRecords;
let admin: Person;

/** An account of the test's own namespace. */
async function account(name: string): Promise<string> {
  const accounts = `/api/v1/namespaces/${cluster.namespace}/serviceaccounts`;
  const request = (path: string, body: object) => cluster.client.request<unknown>({ method: "POST", path, body });
  await request(accounts, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name } });
  const answer = await request(`${accounts}/${name}/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: {},
  });
  return (answer as { status: { token: string } }).status.token;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** Gives one of these accounts rights in a namespace, and waits until the API server knows of them, which it does a moment later. */
async function grant(name: string, namespace: string, rules: readonly [Rule, ...Rule[]]): Promise<void> {
  const meta = { name: `${cluster.namespace}-${name}` };
  const at = `${rbac}/namespaces/${namespace}`;
  const post = (path: string, body: object) => cluster.client.request({ method: "POST", path, body });
  const apiVersion = "rbac.authorization.k8s.io/v1";
  await post(`${at}/roles`, { apiVersion, kind: "Role", metadata: meta, rules });
  await post(`${at}/rolebindings`, {
    apiVersion,
    kind: "RoleBinding",
    metadata: meta,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: meta.name },
    subjects: [{ kind: "ServiceAccount", name, namespace: cluster.namespace }],
  });
  const [{ apiGroups, resources, verbs }] = rules;
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      user: `system:serviceaccount:${cluster.namespace}:${name}`,
      resourceAttributes: { namespace, group: apiGroups[0], resource: resources[0], verb: verbs[0] },
    },
  };
  await until(async () => {
    const path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    const body = { method: "POST", path, body: review } as const;
    return (await cluster.client.request<{ status: { allowed: boolean } }>(body)).status.allowed;
  });
}

async function open(): Promise<OpenRecords> {
  const opened = await openRecords({
    mode: "hosted",
    records: {
      place: {
        kind: "cluster",
        namespace: cluster.namespace,
        account: { tokenPath: "", kubeconfig: join(folder, "kubeconfig") },
      },
      limits: { perApplication: 20, bytes: 10_000_000 },
      watch: false,
    },
    apiServers: [],
    clusterCaPath: "",
  });
  if (!opened) throw new Error("not opened");
  return opened;
}

const history = async (unit: ApplicationRef): Promise<readonly Revision[]> =>
  (await admin.view.history(unit))?.items ?? [];
const current = async (unit: ApplicationRef) => (await history(unit)).find((revision) => revision.current);
const isRecorded = async (unit: ApplicationRef, id: string | undefined) =>
  (await history(unit)).some((revision) => revision.id === id && revision.recordedAt !== undefined);

beforeAll(async () => {
  cluster = await ClusterFixture.open();
  folder = await mkdtemp(join(tmpdir(), "records-"));
  const { server, ca = "" } = await cluster.credentialsOf("admin");
  const token = await account("recorder");
  // As deploy/helm makes it.
  await grant("recorder", cluster.namespace, [
    { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "create", "update", "delete"] },
  ]);
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server, "certificate-authority-data": Buffer.from(ca).toString("base64") } }],
    users: [{ name: "u", user: { token } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  };
  await writeFile(join(folder, "kubeconfig"), JSON.stringify(kubeconfig), { mode: 0o600 });
  records = await open();
  admin = await logIn("admin", [], records);
  await until(() => admin.view.ready() && admin.view.application(checkout) !== undefined);
}, 90_000);

afterAll(async () => {
  await admin.view.close();
  for (const namespace of ["flux-system", "doc-router-staging"])
    for (const kind of ["rolebindings", "roles"])
      await cluster.client
        .request({ method: "DELETE", path: `${rbac}/namespaces/${namespace}/${kind}/${cluster.namespace}-reader` })
        .catch(() => undefined);
  await cluster.close();
  await rm(folder, { recursive: true, force: true });
});

/** Brings one application to another revision and back, and answers both ids when both are recorded. */
async function twoReleases(unit: ApplicationRef): Promise<{ first: string; second: string }> {
  await withoutHold(admin, unit);
  await expect.poll(async () => await isRecorded(unit, (await current(unit))?.id), soon).toBe(true);
  const first = await current(unit);
  const earlier = (await history(unit)).find(({ restorable, revision }) => restorable && revision !== first?.revision);
  if (!first || !earlier) throw new Error("nothing to go back to");
  await admin.act(unit, "rollback", { revision: earlier.id });
  await expect.poll(async () => (await current(unit))?.revision, soon).toBe(earlier.revision);
  const second = await current(unit);
  await expect.poll(async () => await isRecorded(unit, second?.id), soon).toBe(true);
  return { first: first.id, second: second?.id ?? "" };
}

/** Others follow a source that is held; they come back when they reconcile. */
async function bringBack(...names: string[]): Promise<void> {
  const at = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
  const revision = admin.view.application(staging)?.revision.applied;
  for (const name of names) {
    await admin.run("kubectl", "annotate", "kustomization", name, "-n", "flux-system", "--overwrite", at);
    await expect.poll(() => admin.view.application({ ...staging, name })?.revision.applied, soon).toBe(revision);
  }
}

describe("recorded releases", () => {
  it("of a Kustomization are there after a restart, and any two can be compared", { timeout: 200_000 }, async () => {
    const { first, second } = await twoReleases(staging);
    await admin.act(staging, "release-hold");
    await expect.poll(async () => (await current(staging))?.id, soon).toBe(first);
    await bringBack("doc-router-infrastructure", "doc-router-production");
    await admin.view.close();

    records = await open();
    admin = await logIn("admin", [], records);
    await expect.poll(async () => (await current(staging))?.id, soon).toBe(first);
    const diff = await admin.view.diff(staging, second, first);
    expect(diff?.hidden).toBeUndefined();
    expect(diff?.objects.length).toBeGreaterThan(2);
    const changed = diff?.objects.filter(({ change }) => change !== "unchanged") ?? [];
    expect(changed.map(({ ref }) => ref.kind)).toContain("Deployment");
    // The key of the masking tokens is the store's: a Secret that is the same is the same after a restart, too.
    expect(changed.map(({ ref }) => ref.kind)).not.toContain("Secret");
    expect(diff?.message).toBeUndefined();

    const toLive = await admin.view.diff(staging, second, "live");
    expect(toLive?.objects.filter(({ change }) => change === "changed").length).toBeGreaterThan(0);
  });

  it("show to a person only what they may get, and count the rest", { timeout: 60_000 }, async () => {
    const token = await account("reader");
    await grant("reader", "doc-router-staging", [
      { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] },
      { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"], resourceNames: ["backend"] },
    ]);
    const { certificate: _c, key: _k, ...endpoint } = await cluster.credentialsOf("admin");
    const client = cluster.clientWith({ ...endpoint, token });
    const discovery = createDiscovery(client);
    await discovery.refresh();
    const uid = admin.view.application(staging)?.uid ?? "";
    const recorder = records.recorder(cluster.masker);
    const releases = recordedReleases(recorder, client.server, createClusterAccess(client), discovery);
    const id = (await current(staging))?.id ?? "";
    const found = await releases.manifests(staging, uid, id);
    const all = await recordedReleases(recorder, client.server, admin.view.access, discovery).manifests(
      staging,
      uid,
      id,
    );
    expect(found?.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual(
      all?.objects
        .filter(({ kind, metadata }) => kind === "ConfigMap" || (kind === "Deployment" && metadata.name === "backend"))
        .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
        .sort(),
    );
    expect(found?.objects.length).toBeGreaterThan(0);
    expect(found?.hidden.size).toBe((all?.objects.length ?? 0) - (found?.objects.length ?? 0));
    expect([...(found?.hidden ?? [])].some((key) => key.startsWith("/Secret/"))).toBe(true);
  });

  it("of an Application are compared by source and by manifests", { timeout: 200_000 }, async () => {
    const { first, second } = await twoReleases(checkout);
    const diff = await admin.view.diff(checkout, second, first);
    expect(diff?.documents?.map(({ title }) => title)).toEqual(["Source and parameters"]);
    expect(diff?.documents?.[0]?.from).not.toBe(diff?.documents?.[0]?.to);
    expect(diff?.objects.find(({ change }) => change === "changed")?.ref.kind).toBe("Deployment");
    expect(JSON.stringify(diff?.objects)).toMatch(/image/);
    // Back to where it was: what is applied is recorded already, as another release of the same content.
    await admin.act(checkout, "rollback", { revision: first });
    await expect.poll(async () => (await current(checkout))?.id, soon).not.toBe(second);
    await expect.poll(async () => await isRecorded(checkout, (await current(checkout))?.id), soon).toBe(true);
    const unrecorded = (await history(checkout)).find(({ recordedAt }) => recordedAt === undefined);
    expect(unrecorded?.whyNotComparable).toMatch(/only its source and parameters are known \(not recorded/);
    const partly = await admin.view.diff(checkout, unrecorded?.id ?? "", first);
    expect([partly?.objects, partly?.documents?.length]).toEqual([[], 1]);
    expect(partly?.message).toMatch(/were not recorded/);
  });

  it("are Secrets of a type of their own, without any value of a Secret", async () => {
    const { items } = await cluster.client.request<{
      items: { type: string; metadata: { name: string }; data: Record<string, string> }[];
    }>({ path: `/api/v1/namespaces/${cluster.namespace}/secrets` });
    const stored = items.filter(({ metadata }) => metadata.name.startsWith("driftglass-release."));
    expect(new Set(stored.map(({ type }) => type))).toEqual(new Set([recordSecretType]));
    // Releases of the same content share one: there are fewer Secrets than releases of `checkout` that are recorded.
    const owners = stored.map(({ metadata }) => metadata.name.split(".")[1]);
    expect(owners.length).toBeGreaterThan(new Set(owners).size);
  });

  it("say in words that the account may not write, and break nothing else", { timeout: 60_000 }, async () => {
    await cluster.client.request({
      method: "DELETE",
      path: `${rbac}/namespaces/${cluster.namespace}/rolebindings/${cluster.namespace}-recorder`,
    });
    await expect
      .poll(async () => (await admin.view.history(staging))?.message, soon)
      .toMatch(/^Releases are not being recorded: Recorded releases can't be listed: Driftglass' own account may not/);
    expect((await history(staging)).length).toBeGreaterThan(0);
    expect(admin.view.application(staging)?.health.status).toBeDefined();
  });
});
