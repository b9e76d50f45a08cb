import { describe, expect, it } from "vitest";
import type { AutomationKind } from "#lib/model/automation.ts";
import { readAutomation } from "./read-automation.ts";

const ready = [{ type: "Ready", status: "True", reason: "Succeeded" }];
const read = (
  kind: AutomationKind,
  spec: object,
  status: object = { conditions: ready },
  annotations: Record<string, string> = {},
) =>
  readAutomation(kind, {
    apiVersion: "v1",
    kind,
    metadata: { name: "web", namespace: "apps", uid: "u", annotations },
    spec,
    status,
  });

describe("an object of image automation", () => {
  it("is an image with how many tags it has and when that was found out", () => {
    const scan = { scanTime: "2026-03-01T08:00:00Z", tagCount: 42, latestTags: ["2.4.1", "2.4.0"] };
    expect(
      read(
        "ImageRepository",
        { image: "registry.example.com/web", interval: "5m" },
        { conditions: ready, lastScanResult: scan },
      ),
    ).toMatchObject({
      section: "images",
      status: { status: "Healthy" },
      about: "registry.example.com/web",
      result: "42 tags, such as 2.4.1",
      resultAt: "2026-03-01T08:00:00Z",
      interval: "5m",
    });
  });

  it("is a rule, its image and the tag that it has chosen", () => {
    const spec = { imageRepositoryRef: { name: "web" }, policy: { semver: { range: ">=2.0.0" } } };
    const latest = { name: "registry.example.com/web", tag: "2.4.1", digest: `sha256:${"a".repeat(64)}` };
    expect(read("ImagePolicy", spec, { conditions: ready, latestRef: latest })).toMatchObject({
      about: "versions >=2.0.0",
      uses: [{ kind: "ImageRepository", namespace: "apps", name: "web" }],
      result: expect.stringMatching(/^2\.4\.1@.*aaaaaaa/),
    });
    expect(
      read("ImagePolicy", { ...spec, policy: { numerical: { order: "asc" } }, filterTags: { pattern: "^main-.*" } }),
    ).toMatchObject({ about: "the largest number of tags like ^main-.*" });
  });

  it("is what writes images to Git, and its last push", () => {
    const spec = {
      sourceRef: { kind: "GitRepository", name: "fleet" },
      git: { checkout: { ref: { branch: "main" } }, push: { branch: "images" } },
      update: { path: "./apps" },
    };
    const status = { conditions: ready, lastPushCommit: "4a637a6f00", lastPushTime: "2026-03-01T08:00:00Z" };
    expect(read("ImageUpdateAutomation", spec, status)).toMatchObject({
      about: "writes new images to ./apps on images",
      uses: [{ kind: "GitRepository", namespace: "apps", name: "fleet" }],
      result: "pushed 4a637a6",
    });
  });

  it("that fails is Degraded with the reason in words, and one that is suspended says so", () => {
    const failed = [{ type: "Ready", status: "False", reason: "AuthenticationFailed", message: "401 Unauthorized" }];
    expect(read("ImageRepository", { image: "x" }, { conditions: failed }).status).toMatchObject({
      status: "Degraded",
      message: "Authentication failed: 401 Unauthorized",
    });
    expect(read("ImageRepository", { image: "x", suspend: true }).status).toMatchObject({
      status: "Suspended",
      message: "suspended: it does nothing until someone resumes it",
    });
  });
});

describe("a notification", () => {
  it("is what is told of whom to whom; there is nothing to reconcile, so it is well", () => {
    const spec = {
      providerRef: { name: "chat" },
      eventSeverity: "error",
      eventSources: [
        { kind: "Kustomization", name: "*" },
        { kind: "HelmRelease", name: "web", namespace: "shop" },
      ],
    };
    expect(read("Alert", spec, {})).toMatchObject({
      section: "notifications",
      status: { status: "Healthy" },
      about: "errors of all Kustomizations, HelmRelease web to chat",
    });
  });

  it("never tells the address of a chat, which is a secret in itself", () => {
    const provider = read("Provider", {
      type: "slack",
      channel: "ops",
      address: "https://user:pw@hooks.example.com/services/T0/planted-webhook?key=planted",
    });
    expect(provider.about).toBe("slack at hooks.example.com, ops");
    expect(JSON.stringify(provider)).not.toMatch(/planted|pw/);
  });

  it("never tells the path of a webhook", () => {
    const receiver = read(
      "Receiver",
      { type: "github", events: ["push"], resources: [{ kind: "GitRepository", name: "fleet" }] },
      { conditions: ready, webhookPath: "/hook/planted" },
    );
    expect(receiver.about).toBe("github webhooks (push) reconcile GitRepository fleet");
    expect(JSON.stringify(receiver)).not.toContain("planted");
  });
});

describe("an object of the Flux Operator", () => {
  it("is suspended by its annotation", () => {
    const off = { "fluxcd.controlplane.io/reconcile": "disabled" };
    expect(
      read("FluxInstance", { distribution: { version: "2.x", registry: "ghcr.io/fluxcd" } }, {}, off),
    ).toMatchObject({
      section: "operator",
      suspended: true,
      about: "Flux 2.x from ghcr.io/fluxcd",
    });
  });
});
