import { describe, expect, it } from "vitest";
import { compareExact, compareSubset, toFieldChange } from "./compare-subset.ts";
import type { ManifestObject } from "./manifest-object.ts";

function deployment(spec: Record<string, unknown>, metadata: Record<string, unknown> = {}): ManifestObject {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop", ...metadata }, spec };
}

function pod(container: Record<string, unknown>): ManifestObject {
  return deployment({ template: { spec: { containers: [{ name: "app", ...container }] } } });
}

const paths = (desired: ManifestObject, live: ManifestObject, ignore?: string[]) =>
  compareSubset(desired, live, ignore).map((difference) => toFieldChange(difference).path);

describe("compareSubset", () => {
  it("finds a scaled Deployment and names both values", () => {
    expect(
      compareSubset(deployment({ replicas: 2 }), deployment({ replicas: 5, paused: true })).map(toFieldChange),
    ).toEqual([{ path: "spec.replicas", from: "2", to: "5" }]);
  });

  it("finds containers by name whatever their order", () => {
    const desired = deployment({ template: { spec: { containers: [{ name: "app", image: "app:1" }] } } });
    const live = deployment({
      template: {
        spec: {
          containers: [
            { name: "proxy", image: "p:1" },
            { name: "app", image: "app:2" },
          ],
        },
      },
    });
    expect(paths(desired, live)).toEqual(["spec.template.spec.containers[name=app].image"]);
  });

  it("takes fields that the API server fills in for no difference", () => {
    expect(
      paths(
        pod({ ports: [{ containerPort: 80 }] }),
        pod({ imagePullPolicy: "Always", ports: [{ containerPort: 80, protocol: "TCP" }] }),
      ),
    ).toEqual([]);
  });

  it("takes quantities that are the same number for equal", () => {
    const desired = pod({ resources: { limits: { cpu: 1, memory: "1024Mi" }, requests: { cpu: "1000m" } } });
    const live = pod({ resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "1" } } });
    expect(paths(desired, live)).toEqual([]);
  });

  it("compares ConfigMap data as it is written", () => {
    const config = (data: Record<string, unknown>): ManifestObject => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c" },
      data,
    });
    expect(
      paths(config({ cpu: "1000m", empty: "", "app.properties": "a" }), config({ cpu: "1", "app.properties": "b" })),
    ).toEqual(["data.cpu", "data.empty", "data[app.properties]"]);
  });

  it("takes what is empty in the manifest and absent live for equal", () => {
    expect(paths(deployment({ paused: false, strategy: {}, minReadySeconds: 0 }), deployment({}))).toEqual([]);
    expect(paths(deployment({ paused: false }), deployment({ paused: true }))).toEqual(["spec.paused"]);
  });

  it("takes env variables by name, added ones belonging to somebody else", () => {
    const desired = pod({
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    });
    expect(
      paths(
        desired,
        pod({
          env: [
            { name: "B", value: "3" },
            { name: "X", value: "9" },
            { name: "A", value: "1" },
          ],
        }),
      ),
    ).toEqual(["spec.template.spec.containers[name=app].env[name=B].value"]);
  });

  it("takes arguments by position, one more or less being a difference", () => {
    expect(paths(pod({ args: ["a", "b"] }), pod({ args: ["a"] }))).toEqual([
      "spec.template.spec.containers[name=app].args[1]",
    ]);
    expect(paths(pod({ args: ["a"] }), pod({ args: ["a", "b"] }))).toEqual([
      "spec.template.spec.containers[name=app].args[1]",
    ]);
  });

  it("tells ports of the same number by protocol", () => {
    const service = (ports: unknown[]): ManifestObject => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "dns" },
      spec: { ports },
    });
    const live = service([
      { port: 53, protocol: "UDP", targetPort: 53 },
      { port: 53, protocol: "TCP", targetPort: 54 },
    ]);
    expect(
      paths(
        service([
          { port: 53, targetPort: 53 },
          { port: 53, protocol: "UDP", targetPort: 53 },
        ]),
        live,
      ),
    ).toEqual(["spec.ports[port=53,protocol=TCP].targetPort"]);
  });

  it("looks at labels and annotations and at nothing else of metadata", () => {
    const desired = deployment(
      {},
      { labels: { team: "a" }, annotations: { "x.io/note": "1" }, creationTimestamp: null },
    );
    const live = deployment(
      {},
      { labels: { team: "b", more: "1" }, resourceVersion: "7", creationTimestamp: "2026-01-01T00:00:00Z" },
    );
    expect(paths(desired, live)).toEqual(["metadata.labels.team", "metadata.annotations"]);
  });

  it("leaves out what JSON pointers point at", () => {
    expect(
      paths(deployment({ replicas: 2, paused: true }), deployment({ replicas: 5 }), [
        "/spec/replicas",
        "/spec/nothing/here",
      ]),
    ).toEqual(["spec.paused"]);
  });

  it("compares stringData with the data that the API server made of it", () => {
    const secret = (content: Record<string, unknown>): ManifestObject => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      ...content,
    });
    expect(
      paths(
        secret({ stringData: { a: "‹masked 01234567›" } }),
        secret({ data: { a: "‹masked 01234567›" }, type: "Opaque" }),
      ),
    ).toEqual([]);
    expect(
      paths(secret({ stringData: { a: "‹masked 01234567›" } }), secret({ data: { a: "‹masked 89abcdef›" } })),
    ).toEqual(["data.a"]);
  });

  it("does not mistake inherited properties for fields", () => {
    expect(paths(deployment({ constructor: "x" }), deployment({}))).toEqual(["spec.constructor"]);
  });
});

describe("compareExact", () => {
  it("finds what either side has alone", () => {
    const changes = compareExact(
      pod({ env: [{ name: "A", value: "1" }] }),
      pod({
        env: [
          { name: "A", value: "1" },
          { name: "B", value: "2" },
        ],
        tty: true,
      }),
    ).map(toFieldChange);
    expect(changes).toEqual([
      { path: "spec.template.spec.containers[name=app].env[name=B]", to: '{"name":"B","value":"2"}' },
      { path: "spec.template.spec.containers[name=app].tty", to: "true" },
    ]);
  });

  it("finds nothing in objects whose status and server-kept metadata alone differ", () => {
    const live = {
      ...deployment({ replicas: 1 }, { resourceVersion: "2", managedFields: [] }),
      status: { replicas: 1 },
    };
    expect(compareExact(deployment({ replicas: 1 }, { resourceVersion: "1" }), live)).toEqual([]);
  });
});
