import { describe, expect, it } from "vitest";
import { judgeHealth } from "../health.ts";
import { batch } from "./ecosystem/batch.ts";
import { clusters } from "./ecosystem/clusters.ts";
import { databases } from "./ecosystem/databases.ts";
import { delivery } from "./ecosystem/delivery.ts";
import { networking } from "./ecosystem/networking.ts";
import { observability } from "./ecosystem/observability.ts";
import { platform } from "./ecosystem/platform.ts";
import { storage } from "./ecosystem/storage.ts";

const kinds = [
  ...delivery,
  ...clusters,
  ...batch,
  ...databases,
  ...storage,
  ...networking,
  ...observability,
  ...platform,
];

describe("kinds of the ecosystem beyond the conformance cases", () => {
  it("are more than a hundred", () => {
    expect(new Set(kinds.map(({ apiVersion, kind }) => `${apiVersion.split("/")[0]} ${kind}`)).size).toBeGreaterThan(
      100,
    );
  });

  for (const { apiVersion, kind, source, cases } of kinds) {
    describe(`${kind} of ${apiVersion}`, () => {
      for (const [index, [verdict, status, spec]] of cases.entries())
        it(`is ${verdict} in the state ${index + 1} that ${source} documents`, () => {
          const object = { apiVersion, kind, metadata: { name: "it" }, spec: spec ?? {}, ...(status && { status }) };
          expect(judgeHealth(object).status).toBe(verdict);
        });
    });
  }
});
