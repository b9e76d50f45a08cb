import { describe, expect, it } from "vitest";
import { stored } from "../testing/memory-store.ts";
import { artifactNotes } from "./artifact-notes.ts";

const revision = `1.1.0@sha256:${"a".repeat(64)}`;
const source = (metadata: Record<string, string>) =>
  stored({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata: { name: "policies", namespace: "flux-system" },
    status: { artifact: { revision, metadata } },
  });

describe("artifactNotes", () => {
  const written = source({
    "org.opencontainers.image.authors": "Ada",
    "org.opencontainers.image.description": "Forbid privileged pods",
    "org.opencontainers.image.title": "policies",
  });

  it("tells who made the artifact and what it is", () => {
    expect(artifactNotes(written, revision)).toEqual({ author: "Ada", message: "Forbid privileged pods" });
  });

  it("tells nothing of another revision than the one that the source has", () => {
    expect(artifactNotes(written, `1.0.0@sha256:${"b".repeat(64)}`)).toEqual({});
  });

  it("tells nothing where nothing is written", () => {
    expect(artifactNotes(source({}), revision)).toEqual({});
    expect(artifactNotes(undefined, revision)).toEqual({});
  });
});
