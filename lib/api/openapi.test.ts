import { describe, expect, it } from "vitest";
import { openApiDocument } from "./openapi.ts";

describe("openApiDocument", () => {
  const text = JSON.stringify(openApiDocument());

  it("refers to schemas that are there", () => {
    const { components } = JSON.parse(text) as { components: { schemas: Record<string, object> } };
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? "");
    expect(references.length).toBeGreaterThan(20);
    for (const target of references)
      expect(Object.keys(components.schemas)).toContain(target.replace("#/components/schemas/", ""));
  });

  it("names every parameter that a path has", () => {
    const { paths } = JSON.parse(text) as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
    };
    for (const [path, operations] of Object.entries(paths)) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(operations))
        expect(parameters.filter((one) => one.in === "path").map((one) => one.name)).toEqual(wanted);
    }
  });
});
