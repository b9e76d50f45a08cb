import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "#server/kube/object.ts";
import { mergeHeads, pack, recordOf, type RecordHead, unitId, unpack } from "./record.ts";

const object = (name: string, data: Record<string, string> = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "shop" },
  data,
});
const head = (content: string, objects: number, ...ids: string[]): RecordHead => ({
  unit: "0".repeat(32),
  content: content.repeat(64),
  application: { engine: "argocd", namespace: "argocd", name: "shop" },
  maskKey: "k",
  objects,
  bytes: 1,
  revisions: ids.map((id, index) => ({ id, revision: id, recordedAt: `2026-01-0${index + 1}T00:00:00Z` })),
});

describe("a record", () => {
  it("comes back as it was, and is named by its content whatever the order", async () => {
    const one = await pack([object("a", { x: "1", y: "2" }), object("b")]);
    const other = await pack([object("b"), object("a", { y: "2", x: "1" })]);
    expect(one.content).toBe(other.content);
    expect(await unpack(one.content, one.body)).toEqual([object("a", { x: "1", y: "2" }), object("b")]);
    expect((await pack([object("a")])).content).not.toBe(one.content);
  });

  it("that is damaged, or not what its name says, is refused in words", async () => {
    const { content, body } = await pack([object("a")]);
    await expect(unpack(content, body.subarray(0, 10))).rejects.toThrow("damaged");
    await expect(unpack("f".repeat(64), body)).rejects.toThrow("was changed");
    const foreign = gzipSync(JSON.stringify({ version: 2 }));
    await expect(unpack(content, foreign)).rejects.toMatchObject({ kind: "unreadable" });
  });

  it("belongs to one application of one cluster, and to no later one of the same name", () => {
    const ref = { engine: "argocd", namespace: "argocd", name: "shop" } as const;
    const ids = [
      unitId({ server: "https://one", ref, uid: "1" }),
      unitId({ server: "https://two", ref, uid: "1" }),
      unitId({ server: "https://one", ref, uid: "2" }),
    ];
    expect(new Set(ids).size).toBe(3);
    expect(unitId({ server: "https://one", ref, uid: "1" })).toBe(ids[0]);
  });

  it("of the same content gains revisions, and keeps when each was first recorded", () => {
    const merged = mergeHeads(head("a", 2, "1", "2"), {
      ...head("a", 2),
      revisions: [
        { id: "2", revision: "2", recordedAt: "2026-02-01T00:00:00Z" },
        { id: "3", revision: "3", recordedAt: "2026-02-01T00:00:00Z" },
      ],
    });
    expect(merged.revisions.map(({ id, recordedAt }) => [id, recordedAt.slice(5, 10)])).toEqual([
      ["1", "01-01"],
      ["2", "01-02"],
      ["3", "02-01"],
    ]);
  });

  it("with the most objects stands for a revision that several people have recorded", () => {
    expect(recordOf([head("a", 2, "1"), head("b", 5, "1"), head("c", 9, "2")], "1")?.content).toBe("b".repeat(64));
    expect(recordOf([head("a", 2, "1")], "7")).toBeUndefined();
  });
});
