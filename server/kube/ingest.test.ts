import { describe, expect, it } from "vitest";
import { createIngest } from "./ingest.ts";
import { createMasker } from "./redaction/masker.ts";

const resource = {
  group: "example.com",
  version: "v1",
  kind: "Widget",
  plural: "widgets",
  namespaced: true,
  verbs: ["list", "watch"],
};

describe("createIngest", () => {
  it("keeps an object that is nested too deeply to be masked without its content", () => {
    const levels = 9_000;
    const spec: unknown = JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
    const ingest = createIngest({ resource, depth: "full", masker: createMasker() });
    const stored = ingest({ metadata: { name: "w", namespace: "n", uid: "1", annotations: { a: "b" } }, spec });
    expect(stored?.object).toEqual({
      apiVersion: "example.com/v1",
      kind: "Widget",
      metadata: { name: "w", namespace: "n", uid: "1" },
    });
  });
});
