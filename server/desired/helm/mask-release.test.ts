import { describe, expect, it } from "vitest";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { maskRelease } from "./mask-release.ts";
import type { RawRelease } from "./release.ts";
import { isSensitiveKey } from "./sensitive-values.ts";
import { coalesceValues } from "./values.ts";

const canary = "canary-7f3a-do-not-show";
const other = "second-canary-91be";

const release: RawRelease = {
  name: "web",
  namespace: "shop",
  version: 2,
  config: {
    image: { tag: "1.2" },
    database: { password: other, host: "db", url: `postgres://app:${other}@db/app` },
    motd: `hello ${canary}`,
    replicas: 2,
    env: [{ name: "API_TOKEN", value: other }],
    pin: 123456,
  },
  manifest: `---
apiVersion: v1
kind: Secret
metadata: {name: web}
stringData: {seed: "${canary}"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  motd: "hello ${canary}"
---
apiVersion: batch/v1
kind: Job
metadata: {generateName: once-}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 2}
`,
  hooks: [
    {
      name: "migrate",
      kind: "Job",
      events: ["pre-upgrade"],
      manifest: `apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec: {args: ["--seed=${canary}"]}\n`,
    },
  ],
  chart: {
    metadata: { name: "web", version: "1.0.0", appVersion: "7" },
    values: { replicas: 1, database: { port: 5432, password: "default-secret" }, gone: "x" },
  },
  info: {
    status: "deployed",
    notes: `Your seed is ${Buffer.from(canary).toString("base64")}`,
    description: `set ${canary}`,
  },
};

describe("maskRelease", () => {
  const masked = maskRelease(release, createMasker());

  it("shows no secret anywhere", () => {
    const text = JSON.stringify(masked);
    for (const secret of [canary, other, "default-secret", "123456", Buffer.from(canary).toString("base64")])
      expect(text).not.toContain(secret);
  });

  it("keeps what is no secret", () => {
    expect(masked.documents.userValues).toContain('tag: "1.2"');
    expect(masked.documents.userValues).toContain("host: db");
    expect(masked.documents.computedValues).toContain("port: 5432");
    expect(masked.objects.map(({ kind }) => kind)).toEqual(["Secret", "ConfigMap", "Deployment"]);
    expect(masked.summary).toMatchObject({ chart: "web-1.0.0", appVersion: "7", status: "deployed" });
  });

  it("says MISSING of a record without a chart, as helm history does", () => {
    const { chart: _chart, ...rest } = release;
    expect(maskRelease(rest, createMasker()).summary).toMatchObject({ chart: "MISSING", appVersion: "MISSING" });
  });
});

describe("isSensitiveKey", () => {
  it.each([
    "password",
    "adminPassword",
    "POSTGRES_PASSWORD",
    "secretKey",
    "apiKey",
    "api_key",
    "token",
    "clientSecret",
    "key",
    "credentials",
    "private-key",
    "dsn",
  ])("%s is", (key) => {
    expect(isSensitiveKey(key)).toBe(true);
  });
  it.each([
    "existingSecret",
    "secretName",
    "topologyKey",
    "tokenTTL",
    "replicas",
    "image",
    "keyspace",
    "monkey",
    "existingSecretPasswordKey",
    "imagePullSecrets",
    "secretKeyRef",
    "passwordKey",
  ])("%s is not", (key) => {
    expect(isSensitiveKey(key)).toBe(false);
  });
});

describe("coalesceValues", () => {
  it("puts the user's values over the chart's, null removing a default", () => {
    expect(coalesceValues({ a: { b: 1 }, c: null, d: [1] }, { a: { b: 0, x: 2 }, c: 3, d: [0, 0], e: 4 })).toEqual({
      a: { b: 1, x: 2 },
      d: [1],
      e: 4,
    });
  });
});
