import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { applyObjects } from "./actions/testing/apply-objects.ts";
import { logIn, type Person } from "./actions/testing/person.ts";
import { WorkingCopy } from "./actions/testing/working-copy.ts";

// Against the sandbox with its scenario: Driftglass is installed by Flux and by Argo CD from what deploy/ holds, and finds itself in its list.
const id = `driftglass-self-${Date.now().toString(36)}`;
const soon = { timeout: 100_000, interval: 250 };
const source = {
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name: id, namespace: "flux-system" },
};
let admin: Person;
let repository: WorkingCopy;

beforeAll(async () => {
  admin = await logIn("admin");
  repository = await WorkingCopy.open(admin, id);
  await cp(resolve(import.meta.dirname, "..", "deploy"), join(repository.folder, "deploy"), { recursive: true });
  await repository.push({});
}, 60_000);

afterAll(async () => {
  await admin.view.close();
  await repository.close();
});

/** What the list says of it once everything that it is made of is up. */
async function expectItself(unit: ApplicationRef, namespace: string): Promise<void> {
  const resources = () => (admin.view.resources(unit) ?? []).filter(({ ref }) => ref.namespace === namespace);
  await expect
    .poll(() => {
      const row = admin.view.application(unit);
      const ill = resources().filter(({ health }) => health.status !== "Healthy");
      return (
        row && [row.health.status, row.sync.status, row.drift.status === "Drifted", ill.map(({ ref }) => ref.kind)]
      );
    }, soon)
    .toEqual(["Healthy", "Synced", false, []]);
  const kinds = resources().map(({ ref }) => ref.kind);
  expect(kinds).toEqual(expect.arrayContaining(["Deployment", "NetworkPolicy", "Pod", "Service", "ServiceAccount"]));
}

describe("a Driftglass that is installed", () => {
  it("by Flux, from the Kustomize base, shows itself in its list", { timeout: 120_000 }, async () => {
    const unit: ApplicationRef = { engine: "flux-kustomization", namespace: "flux-system", name: id };
    await applyObjects(
      admin,
      { ...source, spec: { interval: "24h", url: repository.url, ref: { branch: "main" } } },
      {
        apiVersion: "kustomize.toolkit.fluxcd.io/v1",
        kind: "Kustomization",
        metadata: source.metadata,
        spec: {
          interval: "24h",
          // The namespace of the run before may still be going.
          retryInterval: "2s",
          prune: true,
          wait: true,
          path: "./deploy/kustomize/base",
          sourceRef: { kind: "GitRepository", name: id },
        },
      },
    );
    try {
      await expectItself(unit, "driftglass");
    } finally {
      // What it has applied goes with it, its namespace included.
      await admin.run("kubectl", "delete", "kustomizations.kustomize.toolkit.fluxcd.io", id, "-n", "flux-system");
      await admin.run("kubectl", "delete", "gitrepositories.source.toolkit.fluxcd.io", id, "-n", "flux-system");
    }
    await expect.poll(() => admin.view.application(unit), soon).toBeUndefined();
  });

  it("by Argo CD, from the Helm chart, shows itself in its list", { timeout: 120_000 }, async () => {
    const unit: ApplicationRef = { engine: "argocd", namespace: "argocd", name: id };
    // The namespace of a first try may still be going, and nothing can be made in it.
    const namespace = `${id}-${Date.now().toString(36)}`;
    await applyObjects(admin, {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: id, namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
      spec: {
        project: "default",
        source: { repoURL: repository.url, targetRevision: "main", path: "deploy/helm/driftglass" },
        destination: { server: "https://kubernetes.default.svc", namespace },
        syncPolicy: { automated: {}, syncOptions: ["CreateNamespace=true"] },
      },
    });
    try {
      await expectItself(unit, namespace);
    } finally {
      await admin.run("kubectl", "delete", "applications.argoproj.io", id, "-n", "argocd");
      await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
    }
    await expect.poll(() => admin.view.application(unit), soon).toBeUndefined();
  });
});
