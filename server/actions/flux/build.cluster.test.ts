import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ActionResult } from "#lib/model/action.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { parseInventoryId } from "#lib/model/inventory.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { applyObjects } from "../testing/apply-objects.ts";
import { fluxDiff, inFluxWords } from "../testing/flux-diff.ts";
import { logIn, type Person, until } from "../testing/person.ts";
import { WorkingCopy } from "../testing/working-copy.ts";
import {
  configMap,
  files,
  key,
  kustomization,
  namespace,
  sealedPassword,
  substitutedToken,
  target,
} from "./build.fixture.ts";

// Against the sandbox: one Kustomization that uses all that Flux builds with, applied by the real controller and judged by `flux diff`.
const unit: ApplicationRef = { engine: "flux-kustomization", namespace, name: "all" };

let admin: Person;
let repository: WorkingCopy;

/** Answers the revision as Flux calls it. */
const push = async (changed: Readonly<Record<string, string | null>>): Promise<string> =>
  `main@sha1:${await repository.push(changed)}`;

async function object(kind: string, name: string, from = target): Promise<KubeObject> {
  return JSON.parse(await admin.run("kubectl", "get", kind, name, "-n", from, "-o", "json")) as KubeObject;
}

const kubectlPatch = async (kind: string, name: string, patch: object, from = target): Promise<string> =>
  await admin.run("kubectl", "patch", kind, name, "-n", from, "--type=merge", "-p", JSON.stringify(patch));

async function applied(revision: string): Promise<boolean> {
  const current = await object("kustomization", "all", namespace);
  const ready = findCondition(conditionsOf(current), "Ready");
  return ready?.status === "True" && fields(current["status"])["lastAppliedRevision"] === revision;
}

async function requestFetch(revision: string): Promise<void> {
  const request = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
  await admin.run("kubectl", "annotate", "gitrepository", "all", "-n", namespace, "--overwrite", request);
  await until(async () => {
    const artifact = fields(fields((await object("gitrepository", "all", namespace))["status"])["artifact"]);
    return text(artifact["revision"]) === revision;
  });
}

const drifted = async (): Promise<string[]> => {
  const drift = await admin.view.drift(unit, { fresh: true });
  return (drift?.objects ?? [])
    .filter(({ change }) => change !== "unchanged")
    .map(({ ref }) => formatRef(ref))
    .toSorted();
};

/** What Flux itself says; it leaves out what the controller skips, which flux takes for pruned (the controller keeps it in its inventory). */
const diff = async (): Promise<string[]> =>
  (await fluxDiff(admin, unit, join(repository.folder, "app"))).filter(
    (line) => line !== "ConfigMap/ignored deleted" && line !== "ConfigMap/disabled deleted",
  );

const preview = async (): Promise<ActionResult> => await admin.act(unit, "sync", { preview: true });

beforeAll(async () => {
  admin = await logIn("admin");
  repository = await WorkingCopy.open(admin, namespace);
  const first = await push(files());
  await applyObjects(
    admin,
    ...[namespace, target].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
  );
  await applyObjects(
    admin,
    { ...configMap("settings", { region: "eu-north" }), metadata: { name: "settings", namespace } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "tokens", namespace },
      stringData: { token: substitutedToken },
    },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "sops-age", namespace },
      stringData: { "keys.agekey": key.identity },
    },
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "all", namespace },
      spec: { interval: "24h", url: repository.url, ref: { branch: "main" } },
    },
    kustomization,
  );
  await until(() => admin.view.ready());
  await until(() => applied(first));
  await until(() => admin.view.application(unit)?.drift.status === "None");
}, 120_000);
afterAll(async () => {
  await admin.run(
    "kubectl",
    "delete",
    "kustomization,gitrepository",
    "--all",
    "-n",
    namespace,
    "--wait=true",
    "--timeout=60s",
  );
  await admin.run("kubectl", "delete", "namespace", namespace, target, "--wait=false");
  await admin.view.close();
  await repository.close();
}, 90_000);

describe("the desired state of a Kustomization", () => {
  it("is what the controller has applied, with substitutions, images, patches, components and the target namespace", async () => {
    const status = fields((await object("kustomization", "all", namespace))["status"]);
    const inventory = list(fields(status["inventory"])["entries"]).flatMap((entry) => {
      const ref = parseInventoryId(text(fields(entry)["id"]));
      return ref === undefined ? [] : [`${ref.namespace}/${formatRef(ref)}`];
    });
    const desired = admin.view.desired(unit);
    const applies = desired?.objects.filter(({ skip }) => skip === undefined) ?? [];
    expect(
      applies.map(({ object: { kind, metadata: of } }) => `${of.namespace}/${kind}/${of.name}`).toSorted(),
    ).toEqual(inventory.filter((entry) => !/ignored|disabled/.test(entry)).toSorted());
    expect(inventory).toContain(`${target}/ConfigMap/extra`);
    expect(fields((await object("configmap", "settings"))["data"])).toEqual({
      greeting: "hello",
      region: "eu-north",
      level: "info",
      words: "first",
    });
    const web = await object("deployment", "web");
    expect(web.metadata.labels?.["patched"]).toBe("yes");
    expect(JSON.stringify(web["spec"])).toContain("registry.example.com/web:2.0.0");
    expect(await drifted()).toEqual([]);
    expect(await diff()).toEqual([]);
  });

  it("shows nothing of what is encrypted at its source, nor of a Secret that is substituted", async () => {
    const shown = JSON.stringify([
      admin.view.desired(unit)?.objects.map((desired) => desired.object),
      await admin.view.diff(unit, "desired", "desired"),
      await admin.view.drift(unit, { fresh: true }),
      await preview(),
    ]);
    expect(shown).not.toContain(sealedPassword);
    expect(shown).not.toContain(Buffer.from(sealedPassword).toString("base64"));
    expect(shown).not.toContain(key.identity);
    const decrypted = fields((await object("secret", "sealed"))["data"]);
    expect(Buffer.from(text(decrypted["password"]), "base64").toString()).toBe(sealedPassword);
    expect(
      admin.view.desired(unit)?.objects.find((desired) => desired.object.metadata.name === "sealed")?.keysOnly,
    ).toBe(true);
  });
});

describe("drift of a Kustomization", () => {
  it("leaves out what the controller leaves alone: ssa, reconcile, ignore rules, encrypted values", async () => {
    await kubectlPatch("deployment", "web", { spec: { replicas: 3 } });
    await kubectlPatch("configmap", "once", { data: { count: "2" } });
    await kubectlPatch("secret", "sealed", { stringData: { password: "planted-another-password" } });
    await expect(drifted()).resolves.toEqual([]);
    // What was never applied (ssa: Ignore) or is not applied any more is not missed.
    await expect(object("configmap", "ignored")).rejects.toThrow("NotFound");
    await kubectlPatch("deployment", "web", { spec: { replicas: 1 } });
    await kubectlPatch("configmap", "once", { data: { count: "1" } });
  }, 60_000);

  it("is what flux diff finds, object by object", async () => {
    await kubectlPatch("configmap", "settings", { data: { words: "second" } });
    await kubectlPatch("configmap", "extra", { metadata: { labels: { by: "hand" } }, data: { from: "a person" } });
    await admin.run("kubectl", "delete", "configmap", "doomed", "-n", target);
    await until(() => admin.view.application(unit)?.drift.count === 3);
    expect(await drifted()).toEqual(["ConfigMap/doomed", "ConfigMap/extra", "ConfigMap/settings"]);
    const { changes = [] } = await preview();
    expect(inFluxWords(changes)).toEqual(await diff());
    await admin.act(unit, "sync");
    await until(async () => (await drifted()).length === 0);
  }, 90_000);
});

describe("a preview of a sync", () => {
  it("says what a source that is ahead would change, create and prune, as flux diff does", async () => {
    // What waits for a dependency applies nothing, so that its source gets ahead.
    await kubectlPatch("kustomization", "all", { spec: { dependsOn: [{ name: "never" }] } }, namespace);
    await until(
      async () =>
        findCondition(conditionsOf(await object("kustomization", "all", namespace)), "Ready")?.reason ===
        "DependencyNotReady",
    );
    const before = files();
    const resources = (parse(before["app/kustomization.yaml"] ?? "") as { resources: string[] }).resources;
    const ahead = await push({
      "app/kustomization.yaml": JSON.stringify({
        resources: [...resources.filter((name) => name !== "doomed.yaml" && name !== "kept.yaml"), "new.yaml"],
      }),
      "app/doomed.yaml": null,
      "app/kept.yaml": null,
      "app/new.yaml": JSON.stringify(configMap("new", { count: "1" })),
      "app/settings.yaml": JSON.stringify(configMap("settings", { greeting: "${greeting}", words: "third" })),
    });
    await requestFetch(ahead);
    await until(() => admin.view.application(unit)?.revision.desired === ahead);
    const result = await preview();
    expect(result.message).toMatch(
      /^A sync would change 1 object, create 1 object and delete 1 object on the way main@\w+ → \w+/,
    );
    expect(result.warnings.join(" ")).toContain("It deletes what the source no longer has: ConfigMap/doomed.");
    expect(inFluxWords(result.changes ?? [])).toEqual([
      "ConfigMap/doomed deleted",
      "ConfigMap/new created",
      "ConfigMap/settings drifted",
    ]);
    expect(inFluxWords(result.changes ?? [])).toEqual((await diff()).filter((line) => !line.includes("kept")));

    await kubectlPatch("kustomization", "all", { spec: { dependsOn: null } }, namespace);
    await until(() => applied(ahead));
    await expect(object("configmap", "doomed")).rejects.toThrow("NotFound");
    expect((await object("configmap", "kept")).metadata.name).toBe("kept");
    expect(fields((await object("configmap", "settings"))["data"])).toEqual({ greeting: "hello", words: "third" });
  }, 120_000);
});

describe("a person who may not read a Secret that is substituted", () => {
  it("is told which, and sees nothing of it", async () => {
    const rules = [
      {
        apiGroups: ["*"],
        resources: ["kustomizations", "gitrepositories", "configmaps", "deployments"],
        verbs: ["get", "list", "watch"],
      },
      { apiGroups: [""], resources: ["services/proxy"], verbs: ["get"] },
    ];
    await applyObjects(
      admin,
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "reader", namespace } },
      ...[namespace, target].flatMap((place) => [
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "Role",
          metadata: { name: "reader", namespace: place },
          rules,
        },
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "RoleBinding",
          metadata: { name: "reader", namespace: place },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
          subjects: [{ kind: "ServiceAccount", name: "reader", namespace }],
        },
      ]),
    );
    const token = (await admin.run("kubectl", "create", "token", "reader", "-n", namespace)).trim();
    const reader = await logIn("admin", [namespace, target], undefined, token);
    try {
      await until(() => reader.view.desired(unit)?.error !== undefined);
      expect(reader.view.desired(unit)?.error).toBe(
        `It takes values from Secret tokens (spec.postBuild.substituteFrom), which you may not read: needs get on secrets in ${namespace}.`,
      );
      expect(reader.view.application(unit)?.drift).toMatchObject({ status: "Unknown" });
    } finally {
      await reader.view.close();
    }
  }, 60_000);
});
