import { describe, expect, it } from "vitest";
import { compareApplications } from "./compare-applications.ts";
import type { ManifestObject } from "./manifest-object.ts";

const deployment = (name: string, namespace: string, image: string, more: object = {}): ManifestObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name,
    namespace,
    labels: { app: name, "kustomize.toolkit.fluxcd.io/name": namespace },
    annotations: { "argocd.argoproj.io/tracking-id": name },
  },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { spec: { serviceAccountName: name, containers: [{ name: "main", image }] } },
    ...more,
  },
});

describe("compareApplications", () => {
  it("shows what differs, and not what things are called or who owns them", () => {
    const diff = compareApplications(
      { name: "shop-staging", namespace: "staging", objects: [deployment("api-staging", "staging", "api:2")] },
      { name: "shop-production", namespace: "production", objects: [deployment("api", "production", "api:1")] },
    );
    expect(diff).toHaveLength(1);
    expect(diff[0]).toMatchObject({
      ref: { name: "api-staging", namespace: "staging" },
      counterpart: { name: "api", namespace: "production" },
      change: "changed",
      fields: [{ path: "spec.template.spec.containers[name=main].image", from: "api:2", to: "api:1" }],
    });
    expect(diff[0]?.to).toContain("serviceAccountName: api-staging");
    expect(diff[0]?.from).not.toContain("toolkit");
  });

  it("lists what one side has alone", () => {
    const diff = compareApplications(
      { name: "a", namespace: "x", objects: [deployment("api", "x", "1"), deployment("old", "x", "1")] },
      { name: "b", namespace: "y", objects: [deployment("api", "y", "1")] },
    );
    expect(diff.map(({ ref, change }) => [ref.name, change])).toEqual([
      ["old", "removed"],
      ["api", "unchanged"],
    ]);
  });

  it("passes over defaults where one side is live, in either direction", () => {
    const wanted = { name: "a", namespace: "x", objects: [deployment("api", "x", "api:1")] };
    const live = {
      name: "b",
      namespace: "y",
      live: true,
      objects: [deployment("api", "y", "api:2", { progressDeadlineSeconds: 600 })],
    };
    const image = "spec.template.spec.containers[name=main].image";
    expect(compareApplications(wanted, live)[0]?.fields).toEqual([{ path: image, from: "api:1", to: "api:2" }]);
    const back = compareApplications(live, wanted)[0];
    expect(back?.fields).toEqual([{ path: image, from: "api:2", to: "api:1" }]);
    expect(back?.from).not.toContain("progressDeadlineSeconds");
    const both = compareApplications(live, { ...wanted, live: true });
    expect(both[0]?.fields?.map(({ path }) => path)).toContain("spec.progressDeadlineSeconds");
  });
});
