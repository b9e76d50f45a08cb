import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { fields } from "#lib/model/health/fields.ts";
import { FluxScene } from "./testing/flux-scene.ts";
import { logIn, type Person, until, withoutHold } from "./testing/person.ts";

// Against the sandbox with its scenario (sandbox/scenario): the real controllers, helm and kubectl. Tests leave applications as they found them or better.
const relay: ApplicationRef = { engine: "helm", namespace: "platform", name: "metrics-relay" };
const policies: ApplicationRef = { engine: "flux-kustomization", namespace: "flux-system", name: "platform-policies" };
const gateway: ApplicationRef = { engine: "flux-helmrelease", namespace: "platform", name: "gateway" };
const storefront: ApplicationRef = { engine: "argocd", namespace: "argocd", name: "storefront" };

let admin: Person;
let viewer: Person;
beforeAll(async () => {
  [admin, viewer] = await Promise.all([logIn("admin"), logIn("viewer")]);
  await until(() =>
    [admin, viewer].every(
      ({ view }) => view.ready() && view.application(relay) !== undefined && view.application(gateway) !== undefined,
    ),
  );
}, 60_000);
afterAll(() => Promise.all([admin, viewer].map(({ view }) => view.close())));

async function newest(): Promise<{ revision: number; status: string; description: string }> {
  const history = JSON.parse(await admin.run("helm", "history", "metrics-relay", "-n", "platform", "-o", "json")) as {
    revision: number;
    status: string;
    description: string;
  }[];
  const last = history.at(-1);
  if (!last) throw new Error("no history");
  return last;
}

describe("a Helm release", () => {
  it("drifted by hand is put right by a sync, which says from whom it takes the field over", async () => {
    await admin.run("kubectl", "scale", "-n", "platform", "deployment/metrics-relay", "--replicas=7");
    const before = await newest();
    const preview = await admin.act(relay, "sync", { preview: true });
    expect(preview).toMatchObject({
      accepted: true,
      warnings: expect.arrayContaining(["It takes over from kubectl: spec.replicas of Deployment/metrics-relay."]),
      changes: [{ change: "changed", exactness: "dry-run", fields: [{ path: "spec.replicas", from: "7" }] }],
    });
    expect(await newest()).toEqual(before);
    await admin.act(relay, "sync");
    expect(await newest()).toMatchObject({ revision: before.revision + 1, status: "deployed" });
    expect(
      await admin.run(
        "kubectl",
        "get",
        "-n",
        "platform",
        "deployment/metrics-relay",
        "-o",
        "jsonpath={.spec.replicas}",
      ),
    ).not.toBe("7");
  });

  it("can't be rolled back twice at once", async () => {
    const { revision } = await newest();
    await until(() => admin.view.application(relay)?.revision !== undefined);
    const target = { revision: String(revision) };
    const results = await Promise.allSettled([
      admin.act(relay, "rollback", target),
      admin.act(relay, "rollback", target),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { problem: { status: 409 } } });
  });

  it("is shown but not changed for who may only read", async () => {
    expect(
      (await viewer.actions.permissions(viewer.view, relay)).find(({ action }) => action === "rollback"),
    ).toMatchObject({ allowed: false, reason: expect.stringContaining("create on secrets in platform") });
    await expect(viewer.act(relay, "rollback", { revision: "1" })).rejects.toMatchObject({ problem: { status: 403 } });
    expect(viewer.audit.at(-1)).toMatchObject({
      result: "refused",
      action: "rollback",
      unit: "helm/platform/metrics-relay",
    });
  });
});

describe("a Kustomization", () => {
  it("that is suspended refuses a sync; resumed, it is reconciled at once, and its spec is as it was", async () => {
    const flux = new FluxScene(admin);
    const { spec } = await flux.object("kustomization", policies.name);
    await admin.act(policies, "suspend");
    await until(() => admin.view.application(policies)?.health.status === "Suspended");
    await expect(admin.act(policies, "sync")).rejects.toMatchObject({ problem: { status: 409 } });
    const handled = async (): Promise<unknown> =>
      fields((await flux.object("kustomization", policies.name))["status"])["lastHandledReconcileAt"];
    const before = await handled();
    await admin.act(policies, "resume");
    expect((await flux.object("kustomization", policies.name))["spec"]).toEqual(spec);
    await until(async () => (await handled()) !== before);
    await until(() => admin.view.application(policies)?.health.status === "Healthy");
  });
});

describe("a HelmRelease", () => {
  const managers = async (): Promise<string> =>
    await admin.run(
      "kubectl",
      "get",
      "configmap",
      "gateway",
      "-n",
      "platform",
      "--show-managed-fields",
      "-o",
      "jsonpath={.metadata.managedFields[*].manager}",
    );
  const image = async (): Promise<string> =>
    await admin.run(
      "kubectl",
      "get",
      "deployment",
      "gateway",
      "-n",
      "platform",
      "-o",
      "jsonpath={.spec.template.spec.containers[0].image}",
    );

  const earlierWithOtherImage = async (running: string): Promise<string> => {
    for (const { id } of (await admin.view.history(gateway))?.items ?? []) {
      const manifest = await admin.run("helm", "get", "manifest", "gateway", "-n", "platform", `--revision=${id}`);
      if (!manifest.includes(running)) return id;
    }
    throw new Error("every revision has the same image");
  };

  it("is held at an earlier revision until the hold is released, and forces nothing", async () => {
    await withoutHold(admin, gateway);
    const [before, owner] = await Promise.all([image(), managers()]);
    const target = await earlierWithOtherImage(before);
    const result = await admin.act(gateway, "rollback", { revision: target, reason: "test" });
    expect(result.warnings.join(" ")).not.toContain("takes over");
    expect(await image()).not.toBe(before);
    await until(() => admin.view.application(gateway)?.hold?.revision === target);
    await admin.act(gateway, "release-hold");
    await until(async () => (await image()) === before && (await managers()) === owner);
    await until(() => admin.view.application(gateway)?.hold === undefined);
  });
});

describe("an Argo CD Application", () => {
  it("goes back in its history with auto-sync off, and forward again when the hold is released", async () => {
    await withoutHold(admin, storefront);
    const deployed = admin.view.application(storefront)?.revision.applied;
    const target = (await admin.view.history(storefront))?.items.find(
      ({ restorable, revision }) => restorable && revision !== deployed,
    );
    await admin.act(storefront, "rollback", { revision: target?.id ?? "" });
    await until(() => admin.view.application(storefront)?.revision.applied === target?.revision);
    expect(admin.view.application(storefront)).toMatchObject({ suspended: true, hold: { revision: target?.revision } });
    await until(() => admin.view.application(storefront)?.operation?.phase === "Succeeded");
    await admin.act(storefront, "release-hold");
    await until(() => admin.view.application(storefront)?.revision.applied === deployed);
  });
});
