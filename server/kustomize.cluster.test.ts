import { realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeployFixture, kustomizeDirectory, manifestsOf, one, type Manifest } from "./deploy-fixture.ts";

let fixture: DeployFixture;
beforeAll(async () => {
  fixture = await DeployFixture.open();
});
afterAll(async () => fixture.close());

describe("the Kustomize manifests", () => {
  /** What belongs to Helm alone, and the names that kustomize sets. */
  const own = (manifest: Manifest): unknown =>
    JSON.parse(
      JSON.stringify(manifest, (key, value: unknown) =>
        /^(helm\.sh\/chart|app\.kubernetes\.io\/(instance|version|managed-by)|imagePullPolicy|labels)$/.test(key)
          ? undefined
          : value,
      ),
    );

  it("is, in its base, what the chart renders by default", async () => {
    const built = manifestsOf(await fixture.must("kustomize", ["build", join(kustomizeDirectory, "base")]));
    const rendered = await fixture.render();
    expect(one(built, "Namespace").metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
    const bare = (manifests: readonly Manifest[]) =>
      Object.fromEntries(
        manifests.filter(({ kind }) => kind !== "Namespace").map((manifest) => [manifest.kind, own(manifest)]),
      );
    expect(bare(built)).toEqual(bare(rendered));
  });

  it("has the ClusterRoles of the chart", async () => {
    const built = manifestsOf(await fixture.must("kustomize", ["build", join(kustomizeDirectory, "people")]));
    const rendered = (await fixture.render({ "rbac.create": true })).filter(({ kind }) => kind === "ClusterRole");
    const byName = (manifests: readonly Manifest[]) =>
      Object.fromEntries(manifests.map((manifest) => [manifest.metadata.name, manifest["rules"]]));
    expect(byName(built)).toEqual(byName(rendered));
  });

  it.each([
    ["base", 1],
    ["overlays/small", 1],
    ["overlays/ha", 3],
  ])("runs by %s in a namespace of the restricted standard", async (folder, replicas) => {
    const namespace = await fixture.restrictedNamespace("kustomize");
    // Where it goes is the overlay's business, and that an overlay of one's own can say so is a part of the test.
    const file = await fixture.file("kustomization.yaml", "");
    const from = realpathSync(resolve(file, ".."));
    const overlay = join(from, `overlay-${basename(folder)}`);
    await mkdir(overlay, { recursive: true });
    const resource = relative(overlay, join(kustomizeDirectory, folder));
    await writeFile(
      join(overlay, "kustomization.yaml"),
      `namespace: ${namespace}\nresources: [${JSON.stringify(resource)}]\n`,
    );
    const dry = await fixture.run("kubectl", [
      "apply",
      "-k",
      overlay,
      "--server-side",
      "--force-conflicts",
      "--dry-run=server",
    ]);
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    await fixture.must("kubectl", ["apply", "-k", overlay, "--server-side", "--force-conflicts"]);
    const rollout = ["rollout", "status", "deployment/driftglass", `--namespace=${namespace}`, "--timeout=40s"];
    await fixture.must("kubectl", rollout);
    const count = [
      "get",
      "deployment",
      "driftglass",
      `--namespace=${namespace}`,
      "-o=jsonpath={.status.readyReplicas}",
    ];
    expect(await fixture.must("kubectl", count)).toBe(String(replicas));
  });
});
