import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { type Condition, conditionsOf } from "#lib/model/conditions.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { logIn, type Person, until } from "../../testing/person.ts";

// Against the sandbox with its scenario: what is held is what the controllers say they have applied, not what was asked for.
const unit = (name: string, namespace = "flux-system"): ApplicationRef => ({
  engine: "flux-kustomization",
  namespace,
  name,
});
const staging = unit("doc-router-staging");
const policies = unit("platform-policies");
const held = unit("hold-app", "hold-test");
const nowhere = "main@sha1:00000000000000000000000000000000deadbeef";

let admin: Person;
let viewer: Person;
beforeAll(async () => {
  [admin, viewer] = await Promise.all([logIn("admin"), logIn("viewer")]);
  await until(() => [admin, viewer].every(({ view }) => view.ready() && view.application(staging) !== undefined));
}, 60_000);
afterAll(() => Promise.all([admin, viewer].map(({ view }) => view.close())));

async function object(kind: string, name: string, namespace = "flux-system"): Promise<KubeObject> {
  return JSON.parse(await admin.run("kubectl", "get", kind, name, "-n", namespace, "-o", "json")) as KubeObject;
}

async function applied({ namespace, name }: ApplicationRef): Promise<string> {
  return text(fields((await object("kustomization", name, namespace))["status"])["lastAppliedRevision"]);
}

const isApplied = async (of: ApplicationRef, revision: string): Promise<boolean> =>
  sameRevision(await applied(of), revision);

/** Asks a controller to reconcile, and waits for its answer. */
async function reconcile(kind: string, name: string, namespace = "flux-system"): Promise<void> {
  const time = new Date().toISOString();
  const request = `reconcile.fluxcd.io/requestedAt=${time}`;
  await admin.run("kubectl", "annotate", kind, name, "-n", namespace, "--overwrite", request);
  await until(async () => {
    const current = await object(kind, name, namespace);
    const ready = conditionsOf(current).find(({ type }: Condition) => type === "Ready");
    return fields(current["status"])["lastHandledReconcileAt"] === time && ready?.status === "True";
  });
}

/** An earlier revision of the history that can be held. */
async function earlier(of: ApplicationRef): Promise<{ id: string; revision: string }> {
  await until(async () => (await admin.view.history(of))?.items.some(({ restorable }) => restorable) === true);
  const found = (await admin.view.history(of))?.items.find(({ restorable }) => restorable);
  if (found === undefined) throw new Error("nothing to go back to");
  return found;
}

/** What a hold may change of a source, as it is now. */
async function sourceState(kind: string, name: string, namespace?: string): Promise<unknown> {
  const source = await object(kind, name, namespace);
  const { "reconcile.fluxcd.io/requestedAt": _time, ...annotations } = source.metadata.annotations ?? {};
  return { ref: fields(source["spec"])["ref"], annotations };
}

describe("a Kustomization from Git", () => {
  it("is held at an earlier revision, also through a reconciliation, and goes back to its branch when it is released", async () => {
    const [before, source] = [await applied(staging), await sourceState("gitrepository", "doc-router")];
    const target = await earlier(staging);
    const preview = await admin.act(staging, "rollback", { revision: target.id, preview: true });
    expect(preview.accepted).toBe(true);
    expect(preview.warnings.join(" ")).toContain("Kustomization flux-system/doc-router-production");
    expect(preview.changes?.map(({ ref }) => ref.kind)).toEqual(expect.arrayContaining(["GitRepository"]));
    expect(await sourceState("gitrepository", "doc-router")).toEqual(source);

    await admin.act(staging, "rollback", { revision: target.id });
    await until(() => isApplied(staging, target.revision));
    await reconcile("gitrepository", "doc-router");
    await reconcile("kustomization", "doc-router-staging");
    expect(await applied(staging)).toBe(target.revision);
    await until(() => admin.view.application(staging)?.hold?.revision === target.revision);
    expect(admin.view.application(staging)?.reasons).toContainEqual(
      expect.objectContaining({
        about: "hold",
        text: expect.stringMatching(/^held at main@\w{7} by admin; it was at/),
      }),
    );
    expect(admin.view.application(unit("doc-router-production"))?.reasons).toContainEqual(
      expect.objectContaining({ about: "hold", text: expect.stringContaining("flux-system/doc-router-staging") }),
    );
    await expect(admin.act(staging, "sync")).rejects.toMatchObject({
      problem: { status: 409, detail: expect.stringMatching(/^Held at main@\w{7} by admin: release the hold first/) },
    });
    await expect(admin.act(unit("doc-router-production"), "rollback", { revision: before })).rejects.toMatchObject({
      problem: { status: 409, detail: expect.stringContaining("already held for Kustomization") },
    });

    await admin.act(staging, "release-hold");
    await until(() => isApplied(staging, before));
    expect(await sourceState("gitrepository", "doc-router")).toEqual(source);
    await until(() => admin.view.application(staging)?.hold === undefined);
    await reconcile("kustomization", "doc-router-infrastructure");
    await reconcile("kustomization", "doc-router-production");
  }, 180_000);

  it("whose commit is gone from the repository stays as it was", async () => {
    const [before, source] = [
      await object("kustomization", staging.name),
      await sourceState("gitrepository", "doc-router"),
    ];
    const entry = {
      digest: "sha256:gone",
      firstReconciled: "2026-01-01T00:00:00Z",
      lastReconciled: "2026-01-01T00:00:00Z",
      lastReconciledDuration: "1s",
      lastReconciledStatus: "ReconciliationSucceeded",
      totalReconciliations: 1,
      metadata: { revision: nowhere },
    };
    const history = list(fields(before["status"])["history"]);
    const remember = async (entries: readonly unknown[]): Promise<void> => {
      const patch = JSON.stringify([{ op: "replace", path: "/status/history", value: entries }]);
      const target = ["kustomization", staging.name, "-n", staging.namespace, "--subresource=status"];
      await admin.run("kubectl", "patch", ...target, "--type=json", "-p", patch);
    };
    await remember([...history, entry]);
    await until(async () => (await admin.view.history(staging))?.items.some(({ id }) => id === "sha256:gone") === true);

    await expect(admin.act(staging, "rollback", { revision: "sha256:gone" })).rejects.toMatchObject({
      problem: {
        status: 422,
        detail: expect.stringMatching(/failed to fetch main@0000000: .*object not found.*taken back: mark .*pin/s),
      },
    });

    expect(await sourceState("gitrepository", "doc-router")).toEqual(source);
    const after = await object("kustomization", staging.name);
    expect(after.metadata.annotations?.["driftglass.io/hold"]).toBeUndefined();
    expect(after["spec"]).toEqual(before["spec"]);
    await reconcile("gitrepository", "doc-router");
    expect(await applied(staging)).toBe(text(fields(before["status"])["lastAppliedRevision"]));
    expect(admin.audit.at(-1)).toMatchObject({ action: "rollback", result: "refused" });
    await remember(history);
  }, 90_000);

  it("is shown but not held for who may only read", async () => {
    const { id } = await earlier(staging);
    expect(await viewer.act(staging, "rollback", { revision: id, preview: true })).toMatchObject({
      accepted: false,
      message: expect.stringContaining("needs patch on kustomizations.kustomize.toolkit.fluxcd.io"),
    });
    await expect(viewer.act(staging, "rollback", { revision: id })).rejects.toMatchObject({ problem: { status: 403 } });
  });
});

describe("a Kustomization from an OCI artifact", () => {
  const follow = async (ref: Record<string, string | null>): Promise<void> => {
    const patch = JSON.stringify({ spec: { ref } });
    await admin.run(
      "kubectl",
      "patch",
      "ocirepository",
      "platform-policies",
      "-n",
      "flux-system",
      "--type=merge",
      "-p",
      patch,
    );
  };

  it("is held by digest and follows its versions again when it is released", async () => {
    const newest = await applied(policies);
    await follow({ semver: "1.0.0" });
    await until(async () => (await applied(policies)).startsWith("1.0.0@"));
    await follow({ semver: "1.x" });
    await until(async () => (await applied(policies)) === newest);
    const source = await sourceState("ocirepository", "platform-policies");
    const target = await earlier(policies);
    expect(target.revision).toMatch(/^1\.0\.0@sha256:/);

    await admin.act(policies, "rollback", { revision: target.id });
    await until(() => isApplied(policies, target.revision));
    await reconcile("kustomization", "platform-policies");
    expect(await isApplied(policies, target.revision)).toBe(true);

    await admin.act(policies, "release-hold");
    await until(() => isApplied(policies, newest));
    expect(await sourceState("ocirepository", "platform-policies")).toEqual(source);
  }, 180_000);
});

describe("a source that is itself applied by a Kustomization", () => {
  let folder: string;
  const git = async (...args: string[]): Promise<string> =>
    (
      await promisify(execFile)("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
        cwd: folder,
      })
    ).stdout.trim();

  const source = (name: string, ref: object): object => ({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name, namespace: "hold-test" },
    spec: { interval: "24h", url: `${admin.sandbox.gitUrl}/hold-test.git`, ref },
  });
  const kustomization = (name: string, path: string): object => ({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "hold-test" },
    spec: { interval: "24h", path, prune: true, sourceRef: { kind: "GitRepository", name } },
  });

  /** Commits the application at a version, and its source with a ref; answers the commit. */
  async function push(version: string, ref: object): Promise<string> {
    const settings = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "hold-app", namespace: "hold-test" },
      data: { version },
    };
    await writeFile(join(folder, "app/settings.yaml"), JSON.stringify(settings));
    await writeFile(join(folder, "sources/source.yaml"), JSON.stringify(source("hold-app", ref)));
    await git("add", "--all");
    await git("commit", "--quiet", "--message", `Version ${version}`);
    await git("push", "--quiet", "--force", `${admin.sandbox.gitUrl}/hold-test.git`, "HEAD:main");
    return await git("rev-parse", "HEAD");
  }

  async function create(...manifests: object[]): Promise<void> {
    const file = join(folder, ".manifests.json");
    await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: manifests }));
    await admin.run("kubectl", "apply", "--server-side", "-f", file);
    await rm(file);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "driftglass-hold-"));
    await Promise.all(["app", "sources"].map((name) => mkdir(join(folder, name))));
    await git("init", "--quiet", "--initial-branch=main");
    await push("one", { branch: "main" });
    await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "hold-test" } });
    await create(
      source("hold-owner", { branch: "main" }),
      kustomization("hold-owner", "./sources"),
      kustomization("hold-app", "./app"),
    );
    await until(async () => (await applied(held)) !== "");
  }, 90_000);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await admin.run("kubectl", "delete", "kustomization,gitrepository", "--all", "-n", "hold-test", "--wait=false");
    await admin.run("kubectl", "delete", "namespace", "hold-test", "--wait=false");
  });

  it("stays pinned without suspending the owner, which does not set the pinned field", async () => {
    const first = await applied(held);
    await push("two", { branch: "main" });
    await reconcile("gitrepository", "hold-app", "hold-test");
    await until(async () => (await applied(held)) !== first);
    await until(async () => (await earlier(held)).revision === first);
    const result = await admin.act(held, "rollback", { revision: (await earlier(held)).id });
    expect(result.warnings.join(" ")).toContain(
      "applied by Kustomization hold-test/hold-owner, which does not set the pinned field",
    );
    await until(() => isApplied(held, first));
    await reconcile("gitrepository", "hold-owner", "hold-test");
    await reconcile("kustomization", "hold-owner", "hold-test");
    expect(await sourceState("gitrepository", "hold-app", "hold-test")).toMatchObject({
      ref: { branch: "main", commit: first.split(":")[1] },
    });
    await admin.act(held, "release-hold");
    await until(async () => !(await isApplied(held, first)));
  }, 180_000);

  it("is held by suspending the owner that sets the pinned field; the release resumes it", async () => {
    const second = await applied(held);
    const third = await push("three", { branch: "main" });
    await push("four", { branch: "main", commit: third });
    await reconcile("gitrepository", "hold-owner", "hold-test");
    await until(() => isApplied(held, `main@sha1:${third}`));
    const before = await sourceState("gitrepository", "hold-app", "hold-test");
    await until(async () => (await earlier(held)).revision === second);
    const preview = await admin.act(held, "rollback", { revision: second, preview: true });
    expect(preview.warnings.join(" ")).toContain(
      "Kustomization hold-test/hold-owner applies GitRepository hold-test/hold-app and would undo the pin, so it is suspended too",
    );
    await admin.act(held, "rollback", { revision: second });
    await until(() => isApplied(held, second));
    expect(fields((await object("kustomization", "hold-owner", "hold-test"))["spec"])["suspend"]).toBe(true);
    await admin.act(held, "release-hold");
    await until(() => isApplied(held, `main@sha1:${third}`));
    const owner = await object("kustomization", "hold-owner", "hold-test");
    expect(fields(owner["spec"])["suspend"] ?? false).toBe(false);
    expect(owner.metadata.annotations?.["driftglass.io/suspended-for"]).toBeUndefined();
    await reconcile("kustomization", "hold-owner", "hold-test");
    expect(await sourceState("gitrepository", "hold-app", "hold-test")).toEqual(before);
  }, 180_000);
});
