import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AutomationObject } from "#lib/model/automation.ts";
import { applyObjects } from "../testing/apply-objects.ts";
import { AutomationScene } from "../testing/automation-scene.ts";
import { logIn, type Person, until } from "../testing/person.ts";
import { WorkingCopy } from "../testing/working-copy.ts";

// Against the sandbox: Flux's image controllers look into its registry and push to its Git server. What they have written is asked of Git.
const namespace = `image-automation-${Date.now().toString(36)}`;
const branch = "image-updates";
const scene = new AutomationScene(namespace);
const run = promisify(execFile);

let admin: Person;
let viewer: Person;
let copy: WorkingCopy;
let image = "";

/** Publishes an image, as far as image automation looks at one: a tag in the registry. */
async function publish(tag: string): Promise<void> {
  const artifact = [`oci://${image}:${tag}`, `--path=${copy.folder}`, "--source=web", `--revision=${tag}`];
  await run(join(admin.sandbox.binDirectory, "flux"), ["push", "artifact", ...artifact, "--insecure-registry"]);
}

/** The manifest as the automation's branch has it; empty before its first push. */
async function written(): Promise<string> {
  const git = async (...args: string[]): Promise<string> =>
    (await run("git", args, { cwd: copy.folder })).stdout.trim();
  if ((await git("ls-remote", copy.url, branch)) === "") return "";
  await git("fetch", "--quiet", copy.url, branch);
  return await git("show", "FETCH_HEAD:apps/web.yaml");
}

async function shown(key: string): Promise<AutomationObject | undefined> {
  return (await scene.listed(admin)).get(key);
}

const manifest = (tag: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: ${image}:${tag} # {"$imagepolicy": "${namespace}:web"}
`;

beforeAll(async () => {
  [admin, viewer] = await Promise.all([logIn("admin"), logIn("viewer")]);
  copy = await WorkingCopy.open(admin, namespace);
  image = `${admin.sandbox.registryHost}/${namespace}/web`;
  await copy.push({ "apps/web.yaml": manifest("2.3.0") });
  for (const tag of ["2.3.0", "2.4.1", "3.0.0"]) await publish(tag);
  const images = "image.toolkit.fluxcd.io/v1";
  const repository = (name: string, of: string): object =>
    scene.manifest(images, "ImageRepository", name, { image: of, interval: "24h", insecure: true });
  await applyObjects(
    admin,
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    scene.manifest("source.toolkit.fluxcd.io/v1", "GitRepository", "fleet", {
      interval: "24h",
      url: copy.url,
      ref: { branch: "main" },
    }),
    repository("web", image),
    repository("nowhere", `${admin.sandbox.registryHost}/${namespace}/never-pushed`),
    scene.manifest(images, "ImagePolicy", "web", {
      imageRepositoryRef: { name: "web" },
      policy: { semver: { range: "2.x" } },
    }),
    scene.manifest(images, "ImageUpdateAutomation", "fleet", {
      interval: "24h",
      sourceRef: { kind: "GitRepository", name: "fleet" },
      git: {
        checkout: { ref: { branch: "main" } },
        commit: { author: { name: "Image automation", email: "images@example.com" } },
        push: { branch },
      },
      update: { path: "./apps", strategy: "Setters" },
    }),
  );
  await until(() => [admin, viewer].every(({ view }) => view.ready()));
}, 120_000);
afterAll(async () => {
  await admin.run("kubectl", "delete", "imageupdateautomation", "fleet", "-n", namespace, "--timeout=30s");
  await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
  await Promise.all([admin, viewer].map(({ view }) => view.close()));
  await copy.close();
});

describe("image automation", () => {
  it("is listed with what was found, what was chosen of it, and what was written to Git", async () => {
    await until(async () => (await shown("ImageUpdateAutomation/fleet"))?.result !== undefined);
    await until(async () => (await shown("ImageUpdateAutomation/fleet"))?.status.status === "Healthy");
    expect(await shown("ImageRepository/web")).toMatchObject({
      status: { status: "Healthy" },
      about: image,
      result: expect.stringMatching(/^3 tags, such as \d/),
      resultAt: expect.any(String),
    });
    expect(await shown("ImagePolicy/web")).toMatchObject({
      status: { status: "Healthy" },
      about: "versions 2.x",
      result: "2.4.1",
      uses: [{ kind: "ImageRepository", namespace, name: "web" }],
    });
    const { stdout } = await run("git", ["ls-remote", copy.url, branch]);
    expect(await shown("ImageUpdateAutomation/fleet")).toMatchObject({
      about: `writes new images to ./apps on ${branch}`,
      result: `pushed ${stdout.slice(0, 7)}`,
      uses: [{ kind: "GitRepository", namespace, name: "fleet" }],
    });
    expect(await written()).toContain(`${image}:2.4.1 #`);
  }, 90_000);

  it("that finds no image says what the registry said", async () => {
    await until(async () => (await shown("ImageRepository/nowhere"))?.status.status === "Degraded");
    expect((await shown("ImageRepository/nowhere"))?.status.message).toMatch(/NAME_UNKNOWN|not found/i);
  }, 60_000);

  it("looks for tags when asked to, and writes the one that it chooses", async () => {
    await publish("2.5.0");
    expect(await scene.act(admin, "ImageRepository", "web", "refresh")).toBe(
      `ImageRepository ${namespace}/web was asked to reconcile now.`,
    );
    await until(async () => (await shown("ImagePolicy/web"))?.result === "2.5.0");
    await until(async () => (await written()).includes(`${image}:2.5.0 #`));
  }, 90_000);

  it("writes nothing while it is suspended, and catches up when it is resumed", async () => {
    await scene.act(admin, "ImageUpdateAutomation", "fleet", "suspend");
    await until(async () => (await shown("ImageUpdateAutomation/fleet"))?.status.status === "Suspended");
    await expect(scene.act(admin, "ImageUpdateAutomation", "fleet", "refresh")).rejects.toMatchObject({
      problem: { status: 409 },
    });
    await publish("2.6.0");
    await scene.act(admin, "ImageRepository", "web", "refresh");
    await until(async () => (await shown("ImagePolicy/web"))?.result === "2.6.0");
    expect(await written()).toContain(`${image}:2.5.0 #`);
    await scene.act(admin, "ImageUpdateAutomation", "fleet", "resume");
    await until(async () => (await written()).includes(`${image}:2.6.0 #`));
  }, 90_000);

  it("is not changed by who may only read", async () => {
    const automation = (await scene.listed(viewer)).get("ImageUpdateAutomation/fleet");
    expect(automation?.permissions).toContainEqual({
      action: "suspend",
      allowed: false,
      reason: `needs patch on imageupdateautomations.image.toolkit.fluxcd.io in ${namespace}`,
    });
    await expect(scene.act(viewer, "ImageUpdateAutomation", "fleet", "suspend")).rejects.toMatchObject({
      problem: { status: 403 },
    });
  });
});
