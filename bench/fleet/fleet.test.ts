import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fleetObjects } from "./make.ts";
import { workloads } from "./workloads.ts";
import { ownedBy, ownerOf, sizes, type Fleet } from "./plan.ts";

const fleet: Fleet = { scale: 1, artifactHost: "127.0.0.1:1" };

const all = [...fleetObjects(fleet)];

describe("the fleet", () => {
  it("has as many objects of each kind as it says", () => {
    const counts: Record<string, number> = {};
    for (const { object } of all) counts[object.kind] = (counts[object.kind] ?? 0) + 1;
    expect(counts).toEqual({
      Deployment: 5000,
      Service: 5000,
      ConfigMap: 5000,
      GitRepository: 500,
      Kustomization: 1000,
      HelmRelease: 500,
      Application: 1000,
      Secret: 3000,
    });
  });

  it("is the same whenever it is made", () => {
    const again = [...workloads({ ...fleet, scale: 0.01 })];
    expect(again).toHaveLength(150);
    expect(again).toEqual(all.slice(0, 150));
  });

  it("gives every workload to one unit, which names it as its own", () => {
    for (let workload = 0; workload < sizes.workloads; workload += 1)
      expect(ownedBy(ownerOf(workload))).toContain(workload);
  });

  it("encodes release records as Helm does, in the sizes that it says", () => {
    const sizesSeen = new Map<number, number>();
    for (const { object } of all) {
      if (object.kind !== "Secret") continue;
      const { release = "" } = object["data"] as { release?: string };
      const rounded = [12_000, 49_000, 164_000].find((size) => Math.abs(release.length - size) < size * 0.05) ?? 0;
      sizesSeen.set(rounded, (sizesSeen.get(rounded) ?? 0) + 1);
      if (!object.metadata.name.endsWith("00000.v1")) continue;
      const archive = Buffer.from(Buffer.from(release, "base64").toString("latin1"), "base64");
      expect(JSON.parse(gunzipSync(archive).toString())).toMatchObject({ name: "release-00000", version: 1 });
    }
    expect(Object.fromEntries(sizesSeen)).toEqual({ 12_000: 2100, 49_000: 750, 164_000: 150 });
  });
});
