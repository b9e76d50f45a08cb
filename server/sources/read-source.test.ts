import { describe, expect, it } from "vitest";
import { stored, type Sketch } from "../engines/testing/memory-store.ts";
import { authenticationFailure, condition, gitRepository } from "./fixtures.ts";
import { reasonWords } from "./judge-source.ts";
import { readSource } from "./read-source.ts";

const read = (sketch: Sketch) => readSource(stored(sketch));

describe("a source that has its artifact", () => {
  it("is Healthy, with revision, digest, size and age", () => {
    expect(read(gitRepository({}))).toMatchObject({
      kind: "GitRepository",
      status: { status: "Healthy", condition: "Ready", reason: "Succeeded" },
      suspended: false,
      url: "https://git.example.com/shop.git",
      ref: "main",
      interval: "1m0s",
      artifact: { size: 2305, storedAt: "2026-03-01T09:00:00Z" },
      lastFetch: { at: "2026-03-01T09:00:00Z", what: "stored" },
    });
  });

  it("shows no credentials that stand in its address", () => {
    const url = (address: string) => read(gitRepository({ spec: { url: address } }))?.url;
    expect(url("https://me:hunter2@git.example.com/shop.git")).toBe("https://git.example.com/shop.git");
    expect(url("https://hunter2@git.example.com/shop.git")).toBe("https://git.example.com/shop.git");
    expect(url("ssh://git@git.example.com/shop.git")).toBe("ssh://git@git.example.com/shop.git");
  });

  it("is Progressing while a request is not answered, and no longer once it is", () => {
    const metadata = { annotations: { "reconcile.fluxcd.io/requestedAt": "2026-03-02T09:00:00Z" } };
    expect(read(gitRepository({ metadata }))).toMatchObject({
      status: { status: "Progressing", reason: "Requested" },
      requestedAt: "2026-03-02T09:00:00Z",
    });
    const { status } = gitRepository({});
    const handled = { ...(status as object), lastHandledReconcileAt: "2026-03-02T09:00:00Z" };
    expect(read(gitRepository({ metadata, status: handled }))).toMatchObject({
      status: { status: "Healthy" },
      lastFetch: { at: "2026-03-02T09:00:00Z", what: "answered" },
    });
  });

  it("is Progressing when its spec is newer than what was looked at", () => {
    expect(read(gitRepository({ metadata: { generation: 2 } }))?.status).toMatchObject({
      status: "Progressing",
      reason: "GenerationNotObserved",
    });
  });
});

describe("a source that fails", () => {
  it("is Degraded, with the condition, its reason and the cause in words", () => {
    expect(read(gitRepository({ status: { conditions: authenticationFailure } }))).toMatchObject({
      status: {
        status: "Degraded",
        condition: "FetchFailed",
        reason: "AuthenticationFailed",
        message: expect.stringMatching(/^Authentication failed: .*authentication required$/),
      },
      lastFetch: { what: "failed" },
    });
  });

  it("says that it fails even when it is suspended", () => {
    const source = read(gitRepository({ spec: { suspend: true }, status: { conditions: authenticationFailure } }));
    expect(source?.status).toMatchObject({ status: "Suspended", reason: "AuthenticationFailed" });
    expect(source?.status.message).toMatch(/^suspended: Authentication failed/);
  });

  it("is Degraded when its signature can't be verified", () => {
    const conditions = [
      condition("Ready", "False", "VerificationError", "signature verification of commit failed"),
      condition("SourceVerified", "False", "VerificationError", "signature verification of commit failed"),
    ];
    expect(read(gitRepository({ spec: { verify: { mode: "HEAD" } }, status: { conditions } }))).toMatchObject({
      status: { status: "Degraded", condition: "SourceVerified" },
      verification: { status: "Failed", by: "Git HEAD", reason: "VerificationError" },
    });
  });

  it("is Progressing, not Degraded, while its controller is at work", () => {
    const conditions = [
      condition("Ready", "Unknown", "Progressing", "building artifact"),
      condition("Reconciling", "True", "Progressing", "building artifact"),
    ];
    expect(read(gitRepository({ status: { conditions } }))?.status).toMatchObject({
      status: "Progressing",
      message: "building artifact",
    });
  });
});

describe("verification", () => {
  it("is absent where nothing is asked for, Pending until it was done, then Verified", () => {
    const verify = { provider: "cosign" };
    expect(read(gitRepository({}))?.verification).toBeUndefined();
    expect(read(gitRepository({ spec: { verify } }))?.verification).toMatchObject({ status: "Pending", by: "cosign" });
    const conditions = [condition("SourceVerified", "True", "Succeeded", "verified signature of version v1.0.0")];
    expect(read(gitRepository({ spec: { verify }, status: { conditions } }))?.verification).toMatchObject({
      status: "Verified",
    });
  });
});

describe("sources of other kinds", () => {
  const source = (kind: string, spec: object, status: object = {}): Sketch => ({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind,
    metadata: { name: "it", namespace: "team-a" },
    spec,
    status,
  });

  it("an OCI Helm repository is Healthy without an artifact: it is only an address", () => {
    expect(read(source("HelmRepository", { type: "oci", url: "oci://charts.example.com", interval: "1m" }))).toEqual(
      expect.not.objectContaining({ interval: expect.anything() }),
    );
    expect(read(source("HelmRepository", { type: "oci", url: "oci://charts.example.com" }))?.status.status).toBe(
      "Healthy",
    );
  });

  it("a HelmChart says its chart, its version range and what it is from", () => {
    const spec = { chart: "queue", version: "0.9.x", sourceRef: { kind: "HelmRepository", name: "house" } };
    expect(read(source("HelmChart", spec))).toMatchObject({
      ref: "queue 0.9.x",
      from: { kind: "HelmRepository", namespace: "team-a", name: "house" },
      status: { status: "Progressing" },
    });
  });

  it("a Bucket says its bucket and prefix", () => {
    expect(read(source("Bucket", { endpoint: "s3.example.com", bucketName: "deploy", prefix: "prod" }))).toMatchObject({
      url: "s3.example.com",
      ref: "deploy/prod",
    });
  });

  it("are none when they are of another group or no kind of source", () => {
    expect(read({ ...source("GitRepository", {}), apiVersion: "example.com/v1" })).toBeUndefined();
    expect(read(source("ArtifactGenerator", {}))).toBeUndefined();
  });

  it("are read whatever nonsense the cluster sends", () => {
    for (const nonsense of [
      null,
      7,
      "x",
      [],
      { conditions: 7, artifact: "x" },
      { artifact: { revision: 7, size: -1 } },
    ])
      expect(read({ ...source("GitRepository", {}), spec: nonsense, status: nonsense })).toMatchObject({ name: "it" });
  });
});

it("reasons read as words, and abbreviations stay what they are", () => {
  expect(reasonWords("GitOperationFailed")).toBe("Git operation failed");
  expect(reasonWords("OCIArtifactPullFailed")).toBe("OCI artifact pull failed");
  expect(reasonWords("URLInvalid")).toBe("URL invalid");
});
