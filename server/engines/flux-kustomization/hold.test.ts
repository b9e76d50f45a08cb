import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch } from "../testing/memory-store.ts";
import { gitRepository, kustomization, newRevision, ns, oldRevision } from "./fixtures.ts";
import { fluxKustomization } from "./reader.ts";

const unit = { engine: "flux-kustomization", namespace: ns, name: "staging" } as const;
const commit = oldRevision.split(":")[1] ?? "";
const by = "system:serviceaccount:logins:ada";
const context = (sketches: readonly Sketch[]): ReadContext => ({
  cluster: "test",
  store: memoryStore(sketches),
  desired: undefined,
});
const heldUnit = kustomization({
  metadata: {
    annotations: {
      "driftglass.io/hold": JSON.stringify({
        by,
        at: "2026-03-01T10:00:00Z",
        revision: oldRevision,
        from: newRevision,
      }),
    },
  },
});
const holds = (...sketches: Sketch[]): string[] =>
  (fluxKustomization.read(unit, context(sketches))?.application.reasons ?? [])
    .filter(({ about }: Reason) => about === "hold")
    .map(({ text }) => text);

describe("a held Kustomization", () => {
  it("says at what, by whom, and where it was", () => {
    expect(holds(heldUnit, gitRepository(oldRevision, { ref: { branch: "main", commit } }))).toEqual([
      "held at main@4a637a6 by ada; it was at main@91be02c",
    ]);
  });

  it("says when its source is not pinned any more", () => {
    expect(holds(heldUnit, gitRepository(newRevision))).toEqual([
      "held at main@4a637a6 by ada, but GitRepository/doc-router is not pinned to it any more: release the hold, or roll back again",
    ]);
  });

  it("does not claim that of a source that can't be seen", () => {
    expect(holds(heldUnit)).toEqual(["held at main@4a637a6 by ada; it was at main@91be02c"]);
  });

  it("shows on the others that follow its source, and not as theirs on itself", () => {
    const source = gitRepository(oldRevision, { ref: { branch: "main", commit } });
    const heldFor = (holder: string): Sketch => ({
      ...source,
      metadata: { ...source.metadata, annotations: { "driftglass.io/held-for": holder } },
    });
    expect(holds(kustomization(), heldFor(`${ns}/production`))).toEqual([
      `GitRepository/doc-router is held at main@4a637a6 for Kustomization ${ns}/production, and this follows it`,
    ]);
    expect(holds(kustomization(), heldFor(`${ns}/staging`))).toEqual([]);
  });
});

describe("the history of a Kustomization", () => {
  const reasons = (revisions: readonly string[], source: Sketch): (string | undefined)[] => {
    const kind = source.kind;
    const history = revisions.map((revision, index) => ({
      digest: `sha256:${index}`,
      lastReconciledStatus: "ReconciliationSucceeded",
      metadata: { revision },
    }));
    const sketch = kustomization({ spec: { sourceRef: { kind, name: "doc-router" } }, status: { history } });
    const told = fluxKustomization.history(unit, context([sketch, source]));
    return (told ?? []).map(({ whyNot }: Revision) => whyNot);
  };

  it("can't be held at what is there already, however it was built then", () => {
    expect(reasons([oldRevision, oldRevision], gitRepository(oldRevision))).toEqual([
      "this revision is applied now",
      "this revision is applied now; it was built with other settings then",
    ]);
  });

  it("needs a commit or digest in the revision and a source that can be pinned", () => {
    const digest = `sha256:${"b".repeat(64)}`;
    const of = (kind: string): Sketch => ({ ...gitRepository("x"), kind });
    expect(reasons([newRevision, "main"], gitRepository("x"))).toEqual([
      undefined,
      "the history does not say which commit it was",
    ]);
    expect(reasons([`1.0.0@${digest}`, digest, "1.0.0"], of("OCIRepository"))).toEqual([
      undefined,
      undefined,
      "the history does not say which digest it was",
    ]);
    expect(reasons([digest], of("Bucket"))).toEqual(["a Bucket can't be pinned to an earlier revision"]);
    expect(reasons([digest], of("ExternalArtifact"))).toEqual([
      "an ExternalArtifact can't be pinned to an earlier revision",
    ]);
  });
});
