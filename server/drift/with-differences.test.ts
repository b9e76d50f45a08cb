import { describe, expect, it } from "vitest";
import { compareSubset } from "#lib/diff/compare-subset.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { withDifferences } from "./with-differences.ts";

const deployment = (spec: Record<string, unknown>, labels?: Record<string, string>): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", ...(labels ? { labels } : {}) },
  spec,
});

describe("withDifferences", () => {
  it("turns live into what it would be without drift, keeping what is not desired at all", () => {
    const containers = (image: string, env: unknown[], args: string[]) => ({
      template: { spec: { containers: [{ name: "app", image, env, args }] } },
    });
    const desired = deployment(
      {
        replicas: 2,
        paused: true,
        ...containers(
          "app:1",
          [
            { name: "A", value: "1" },
            { name: "B", value: "2" },
          ],
          ["x"],
        ),
      },
      { team: "a" },
    );
    const live = deployment({
      replicas: 5,
      minReadySeconds: 3,
      ...containers(
        "app:2",
        [
          { name: "B", value: "9" },
          { name: "Z", value: "0" },
        ],
        ["x", "y", "z"],
      ),
    });
    const restored = withDifferences(live, compareSubset(desired, live));
    expect(restored).toEqual(
      deployment(
        {
          replicas: 2,
          paused: true,
          minReadySeconds: 3,
          ...containers(
            "app:1",
            [
              { name: "B", value: "2" },
              { name: "Z", value: "0" },
              { name: "A", value: "1" },
            ],
            ["x"],
          ),
        },
        { team: "a" },
      ),
    );
    expect(compareSubset(desired, restored)).toEqual([]);
    expect(live["spec"]).toMatchObject({ replicas: 5 });
  });
});
