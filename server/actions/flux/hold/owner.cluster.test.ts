import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suspendedForAnnotation } from "#lib/model/annotations.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { fields } from "#lib/model/health/fields.ts";
import { applyObjects } from "../../testing/apply-objects.ts";
import { FluxScene } from "../../testing/flux-scene.ts";
import { logIn, type Person, until } from "../../testing/person.ts";
import { WorkingCopy } from "../../testing/working-copy.ts";

// Against the sandbox: an application whose source stands in the repository itself, so that somebody may set back what a hold has pinned.
const namespace = "hold-test";
const held: ApplicationRef = { engine: "flux-kustomization", namespace, name: "hold-app" };

let admin: Person;
let flux: FluxScene;
let repository: WorkingCopy;

describe("a source that is itself applied by a Kustomization", () => {
  const source = (name: string, ref: object): object => ({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name, namespace },
    spec: { interval: "24h", url: repository.url, ref },
  });
  const kustomization = (name: string, path: string): object => ({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace },
    spec: { interval: "24h", path, prune: true, sourceRef: { kind: "GitRepository", name } },
  });

  /** Commits the application at a version, and its source with a ref; answers the commit. */
  async function push(version: string, ref: object): Promise<string> {
    const settings = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "hold-app", namespace },
      data: { version },
    };
    return await repository.push({
      "app/settings.yaml": JSON.stringify(settings),
      "sources/source.yaml": JSON.stringify(source("hold-app", ref)),
    });
  }

  beforeAll(async () => {
    admin = await logIn("admin");
    flux = new FluxScene(admin);
    repository = await WorkingCopy.open(admin, namespace);
    await push("one", { branch: "main" });
    await applyObjects(admin, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    await applyObjects(
      admin,
      source("hold-owner", { branch: "main" }),
      kustomization("hold-owner", "./sources"),
      kustomization("hold-app", "./app"),
    );
    await until(async () => admin.view.ready() && (await flux.applied(held)) !== "");
  }, 90_000);
  afterAll(async () => {
    await repository.close();
    await admin.run("kubectl", "delete", "kustomization,gitrepository", "--all", "-n", namespace, "--wait=false");
    await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
    await admin.view.close();
  });

  it("stays pinned without suspending the owner, which does not set the pinned field", async () => {
    const first = await flux.applied(held);
    await push("two", { branch: "main" });
    await flux.reconcile("gitrepository", "hold-app", namespace);
    await until(async () => (await flux.applied(held)) !== first);
    await until(async () => (await flux.earlier(held)).revision === first);
    const result = await admin.act(held, "rollback", { revision: (await flux.earlier(held)).id });
    expect(result.warnings.join(" ")).toContain(
      "applied by Kustomization hold-test/hold-owner, which does not set the pinned field",
    );
    await until(() => flux.isApplied(held, first));
    await flux.reconcile("gitrepository", "hold-owner", namespace);
    await flux.reconcile("kustomization", "hold-owner", namespace);
    expect(await flux.sourceState("gitrepository", "hold-app", namespace)).toMatchObject({
      ref: { branch: "main", commit: first.split(":")[1] },
    });
    await admin.act(held, "release-hold");
    await until(async () => !(await flux.isApplied(held, first)));
  }, 180_000);

  it("is held by suspending the owner that sets the pinned field; the release resumes it", async () => {
    const second = await flux.applied(held);
    const third = await push("three", { branch: "main" });
    await push("four", { branch: "main", commit: third });
    await flux.reconcile("gitrepository", "hold-owner", namespace);
    await until(() => flux.isApplied(held, `main@sha1:${third}`));
    const before = await flux.sourceState("gitrepository", "hold-app", namespace);
    await until(async () => (await flux.earlier(held)).revision === second);
    const preview = await admin.act(held, "rollback", { revision: second, preview: true });
    expect(preview.warnings.join(" ")).toContain(
      "Kustomization hold-test/hold-owner applies GitRepository hold-test/hold-app and would undo the pin, so it is suspended too",
    );
    await admin.act(held, "rollback", { revision: second });
    await until(() => flux.isApplied(held, second));
    expect(fields((await flux.object("kustomization", "hold-owner", namespace))["spec"])["suspend"]).toBe(true);
    await admin.act(held, "release-hold");
    await until(() => flux.isApplied(held, `main@sha1:${third}`));
    const owner = await flux.object("kustomization", "hold-owner", namespace);
    expect(fields(owner["spec"])["suspend"] ?? false).toBe(false);
    expect(owner.metadata.annotations?.[suspendedForAnnotation]).toBeUndefined();
    await flux.reconcile("kustomization", "hold-owner", namespace);
    expect(await flux.sourceState("gitrepository", "hold-app", namespace)).toEqual(before);
  }, 180_000);
});
