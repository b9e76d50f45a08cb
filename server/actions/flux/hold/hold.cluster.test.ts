import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { holdAnnotation } from "#lib/model/annotations.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { FluxScene } from "../../testing/flux-scene.ts";
import { logIn, type Person, until, withoutHold } from "../../testing/person.ts";

// Against the sandbox with its scenario: what is held is what the controllers say they have applied, not what was asked for.
const unit = (name: string): ApplicationRef => ({ engine: "flux-kustomization", namespace: "flux-system", name });
const staging = unit("doc-router-staging");
const policies = unit("platform-policies");
const nowhere = "main@sha1:00000000000000000000000000000000deadbeef";

let admin: Person;
let viewer: Person;
let flux: FluxScene;
beforeAll(async () => {
  [admin, viewer] = await Promise.all([logIn("admin"), logIn("viewer")]);
  flux = new FluxScene(admin);
  await until(() => [admin, viewer].every(({ view }) => view.ready() && view.application(staging) !== undefined));
}, 60_000);
afterAll(() => Promise.all([admin, viewer].map(({ view }) => view.close())));

describe("a Kustomization from Git", () => {
  it("is held at an earlier revision, also through a reconciliation, and goes back to its branch when it is released", async () => {
    await withoutHold(admin, staging);
    const [before, source] = [await flux.applied(staging), await flux.sourceState("gitrepository", "doc-router")];
    const target = await flux.earlier(staging);
    const preview = await admin.act(staging, "rollback", { revision: target.id, preview: true });
    expect(preview.accepted).toBe(true);
    expect(preview.warnings.join(" ")).toContain("Kustomization flux-system/doc-router-production");
    expect(preview.changes?.map(({ ref }) => ref.kind)).toEqual(expect.arrayContaining(["GitRepository"]));
    expect(await flux.sourceState("gitrepository", "doc-router")).toEqual(source);

    await admin.act(staging, "rollback", { revision: target.id });
    await until(() => flux.isApplied(staging, target.revision));
    await flux.reconcile("gitrepository", "doc-router");
    await flux.reconcile("kustomization", "doc-router-staging");
    expect(await flux.applied(staging)).toBe(target.revision);
    await until(() => admin.view.application(staging)?.hold?.revision === target.revision);
    const patience = { timeout: 30_000 };
    await expect
      .poll(() => admin.view.application(staging)?.reasons, patience)
      .toContainEqual(
        expect.objectContaining({
          about: "hold",
          text: expect.stringMatching(/^held at main@\w{7} by admin; it was at/),
        }),
      );
    await expect
      .poll(() => admin.view.application(unit("doc-router-production"))?.reasons, patience)
      .toContainEqual(
        expect.objectContaining({ about: "hold", text: expect.stringContaining("flux-system/doc-router-staging") }),
      );
    await expect(admin.act(staging, "sync")).rejects.toMatchObject({
      problem: { status: 409, detail: expect.stringMatching(/^Held at main@\w{7} by admin: release the hold first/) },
    });
    await expect(admin.act(unit("doc-router-production"), "rollback", { revision: before })).rejects.toMatchObject({
      problem: { status: 409, detail: expect.stringContaining("already held for Kustomization") },
    });

    await admin.act(staging, "release-hold");
    await until(() => flux.isApplied(staging, before));
    expect(await flux.sourceState("gitrepository", "doc-router")).toEqual(source);
    await until(() => admin.view.application(staging)?.hold === undefined);
    await flux.reconcile("kustomization", "doc-router-infrastructure");
    await flux.reconcile("kustomization", "doc-router-production");
  }, 180_000);

  it("whose commit is gone from the repository stays as it was", async () => {
    const [before, source] = [
      await flux.object("kustomization", staging.name),
      await flux.sourceState("gitrepository", "doc-router"),
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

    expect(await flux.sourceState("gitrepository", "doc-router")).toEqual(source);
    const after = await flux.object("kustomization", staging.name);
    expect(after.metadata.annotations?.[holdAnnotation]).toBeUndefined();
    expect(after["spec"]).toEqual(before["spec"]);
    await flux.reconcile("gitrepository", "doc-router");
    expect(await flux.applied(staging)).toBe(text(fields(before["status"])["lastAppliedRevision"]));
    expect(admin.audit.at(-1)).toMatchObject({ action: "rollback", result: "refused" });
    await remember(history);
  }, 90_000);

  it("is shown but not held for who may only read", async () => {
    const { id } = await flux.earlier(staging);
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
    await withoutHold(admin, policies);
    const newest = await flux.applied(policies);
    await follow({ semver: "1.0.0" });
    await until(async () => (await flux.applied(policies)).startsWith("1.0.0@"));
    await follow({ semver: "1.x" });
    await until(async () => (await flux.applied(policies)) === newest);
    const source = await flux.sourceState("ocirepository", "platform-policies");
    // The page may still have the moment before, when this one was the earlier one.
    await until(async () => (await flux.earlier(policies)).revision !== newest);
    const target = await flux.earlier(policies);
    expect(target.revision).toMatch(/^1\.0\.0@sha256:/);

    await admin.act(policies, "rollback", { revision: target.id });
    await until(() => flux.isApplied(policies, target.revision));
    await flux.reconcile("kustomization", "platform-policies");
    expect(await flux.isApplied(policies, target.revision)).toBe(true);

    await admin.act(policies, "release-hold");
    await until(() => flux.isApplied(policies, newest));
    expect(await flux.sourceState("ocirepository", "platform-policies")).toEqual(source);
  }, 180_000);
});
