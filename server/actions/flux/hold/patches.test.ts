import { describe, expect, it } from "vitest";
import type { KubeObject } from "#server/kube/object.ts";
import type { Patch } from "../../object-io.ts";
import { pinChange, pinPatch, undoPinPatch, unpinPatch } from "./patches.ts";
import { readRecord, writeRecord } from "./record.ts";

const commit = "4a637a6d1f0e2b3c4d5e6f708192a3b4c5d6e7f8";
const pin = { field: "commit", value: commit } as const;

function repository(ref: object | undefined, annotations: Record<string, string> = {}): KubeObject {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "web", namespace: "apps", resourceVersion: "7", annotations },
    spec: { url: "https://git.example.com/web.git", ...(ref !== undefined && { ref }) },
  };
}

type Entries = Readonly<Record<string, string | null>>;

/** A merge patch on `spec.ref` and annotations, as the API server does it. */
function merged(object: KubeObject, patch: Patch): KubeObject {
  const body = patch.body as unknown as { metadata: { annotations: Entries }; spec?: { ref: Entries | null } };
  const merge = (old: Entries | undefined, change: Entries): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...old, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
    );
  const { ref, ...spec } = object["spec"] as { ref?: Entries };
  const next = body.spec === undefined ? ref : body.spec.ref === null ? undefined : merge(ref, body.spec.ref);
  const { "reconcile.fluxcd.io/requestedAt": _time, ...annotations } = merge(
    object.metadata.annotations,
    body.metadata.annotations,
  );
  return { ...object, metadata: { ...object.metadata, annotations }, spec: { ...spec, ...(next && { ref: next }) } };
}

describe("pinChange", () => {
  it("adds the commit beside the branch, for a shallow clone of that", () => {
    expect(pinChange(repository({ branch: "main" }), pin, `main@sha1:${commit}`)).toEqual({ commit });
  });

  it("drops a branch that the revision was not on", () => {
    expect(pinChange(repository({ branch: "main" }), pin, `release@sha1:${commit}`)).toEqual({ commit, branch: null });
  });

  it("leaves tags and version ranges: commit and digest go before them", () => {
    const digest = { field: "digest", value: "sha256:ab" } as const;
    expect(pinChange(repository({ semver: "1.x" }), digest, "1.0.0@sha256:ab")).toEqual({ digest: "sha256:ab" });
  });
});

describe("a pin", () => {
  const refs = [
    { branch: "main" },
    { tag: "v1" },
    { branch: "main", commit: "0".repeat(40) },
    { name: "refs/heads/x" },
    undefined,
  ];

  it.each(refs)("of a source with ref %j is released, and undone, without a trace", (ref) => {
    const source = repository(ref, { "example.com/mine": "yes" });
    for (const revision of [`main@sha1:${commit}`, `release@sha1:${commit}`]) {
      const change = pinChange(source, pin, revision);
      const pinned = merged(source, pinPatch(source, change, "apps/web", "T"));
      expect(pinned).toMatchObject({ spec: { ref: { commit } } });
      expect(merged(pinned, unpinPatch(pinned, pin, "T").patch)).toEqual(source);
      expect(merged(pinned, undoPinPatch(source, change))).toEqual(source);
    }
  });

  it("keeps the first original when it is moved to another revision, and moves back when that fails", () => {
    const other = { field: "commit", value: "1".repeat(40) } as const;
    const source = repository({ branch: "main" });
    const once = merged(source, pinPatch(source, { commit }, "apps/web", "T"));
    const twice = merged(once, pinPatch(once, { commit: other.value }, "apps/web", "T"));
    expect(merged(twice, undoPinPatch(once, { commit: other.value }))).toEqual(once);
    expect(merged(twice, unpinPatch(twice, other, "T").patch)).toEqual(source);
  });

  it("is refused when the source has changed meanwhile", () => {
    expect(pinPatch(repository({}), { commit }, "apps/web", "T").body).toMatchObject({
      metadata: { resourceVersion: "7" },
    });
  });

  it("that somebody has replaced is left to them; only the marks go", () => {
    const source = repository({ branch: "main" });
    const pinned = merged(source, pinPatch(source, { commit }, "apps/web", "T"));
    const changed: KubeObject = { ...pinned, spec: { ref: { branch: "main", commit: "2".repeat(40) } } };
    const { patch, kept } = unpinPatch(changed, pin, "T");
    expect(kept).toBe(true);
    expect(merged(changed, patch)).toMatchObject({
      metadata: { annotations: {} },
      spec: { ref: { commit: "2".repeat(40) } },
    });
  });

  it("leaves what somebody else has changed of the ref during the hold", () => {
    const source = repository({ branch: "main" });
    const pinned = merged(source, pinPatch(source, { commit }, "apps/web", "T"));
    const changed: KubeObject = { ...pinned, spec: { ref: { branch: "next", commit } } };
    expect(merged(changed, unpinPatch(changed, pin, "T").patch)["spec"]).toEqual({
      ref: { branch: "next" },
    });
  });
});

describe("a hold's record", () => {
  const source = { group: "source.toolkit.fluxcd.io", kind: "GitRepository", namespace: "apps", name: "web" };
  const record = {
    by: "ada",
    at: "2026-03-01T10:00:00Z",
    revision: `main@sha1:${commit}`,
    source,
    suspended: [source],
  };
  const withHold = (value: string): KubeObject => repository({}, { "driftglass.io/hold": value });

  it("reads back what it has written", () => {
    expect(readRecord(withHold(writeRecord(record)))).toEqual(record);
  });

  it("is none without a source or in a text that nobody can read", () => {
    expect(readRecord(withHold("{broken"))).toBeUndefined();
    expect(readRecord(withHold(JSON.stringify({ by: "ada", at: "x", revision: "y" })))).toBeUndefined();
  });
});
