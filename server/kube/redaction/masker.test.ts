import { describe, expect, it } from "vitest";
import type { KubeObject } from "../object.ts";
import { createMasker } from "./masker.ts";

const masker = createMasker(new Uint8Array(32).fill(7));
const planted = "pl4nted-Secret/Value+0042!";
const base64 = Buffer.from(planted).toString("base64");
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

function secret(fields: Record<string, unknown>): KubeObject {
  return { apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: "n" }, ...fields };
}

function field(object: KubeObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], object);
}

describe("masking an object", () => {
  it("gives the same value in data and in stringData the same token", () => {
    const data = masker.maskObject(secret({ data: { a: base64 } }));
    const stringData = masker.maskObject(secret({ stringData: { a: planted } }));
    expect(field(data, ["data", "a"])).toBe(`‹masked ${masker.digest(planted)}›`);
    expect(field(stringData, ["stringData", "a"])).toBe(field(data, ["data", "a"]));
  });

  it("gives different values different tokens, and keys different tokens for the same value", () => {
    expect(masker.digest("one")).not.toBe(masker.digest("two"));
    expect(createMasker().digest("one")).not.toBe(createMasker().digest("one"));
  });

  it("leaves what is masked as it is", () => {
    const once = masker.maskObject(secret({ data: { a: base64 }, stringData: { b: planted } }));
    expect(masker.maskObject(once)).toEqual(once);
  });

  it("keeps keys, type and metadata of a Secret", () => {
    const masked = masker.maskObject(secret({ type: "Opaque", immutable: true, data: { password: base64 } }));
    expect(masked).toMatchObject({ type: "Opaque", immutable: true, metadata: { name: "s", namespace: "n" } });
    expect(Object.keys(masked["data"] as object)).toEqual(["password"]);
  });

  it("masks inside of the last-applied annotation with the same tokens as outside", () => {
    const applied = JSON.stringify(secret({ data: { a: base64 } }));
    const masked = masker.maskObject(
      secret({ data: { a: base64 }, metadata: { name: "s", annotations: { [lastApplied]: `${applied}\n` } } }),
    );
    const annotation = JSON.parse(String(masked.metadata.annotations?.[lastApplied])) as KubeObject;
    expect(annotation["data"]).toEqual(masked["data"]);
  });

  it("returns the same object when there is nothing to mask", () => {
    const object: KubeObject = {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "r", annotations: { [lastApplied]: '{"apiVersion":"v1","kind":"ConfigMap"}' } },
      spec: { valuesFrom: [{ kind: "Secret", name: "values" }], message: "secret-free" },
      status: {
        conditions: [{ message: 'Helm install failed: secrets "x" not found' }],
        inventory: { entries: [{ id: "n_s__Secret", v: "v1" }] },
      },
    };
    expect(masker.maskObject(object)).toBe(object);
  });

  it("leaves the encrypted data of a SealedSecret and masks the plain data of its template", () => {
    const masked = masker.maskObject({
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: { name: "s" },
      spec: { encryptedData: { a: "AgBy3i4OJSWK" }, template: { type: "Opaque", data: { url: planted } } },
    });
    expect(field(masked, ["spec", "encryptedData", "a"])).toBe("AgBy3i4OJSWK");
    expect(JSON.stringify(masked)).not.toContain(planted);
  });

  it("masks the record of a Helm release in a ConfigMap", () => {
    const masked = masker.maskObject({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "sh.helm.release.v1.r.v1", labels: { owner: "helm" } },
      data: { release: "H4sIAAAAAAAC" },
    });
    expect(JSON.stringify(masked)).not.toContain("H4sIAAAAAAAC");
  });
});

describe("masking a text", () => {
  it.each([
    [`Secret "x" is invalid: data[password]: Invalid value: "${planted}": must be base64`, "must be base64"],
    [`Secret "x" is invalid: data[p]: Invalid value: ${planted}`, "is invalid"],
    [
      `Secret "x" is invalid: [data[p]: Invalid value: "${planted}": no, data[q]: Duplicate value: "${planted}"]`,
      "data[q]",
    ],
    [
      `error found in #10 byte of ...|password":"${planted}"|..., bigger context ...|{"password":"${planted}"}|...`,
      "bigger context",
    ],
    [`failed to apply {"apiVersion":"v1","kind":"Secret","data":{"a":"${base64}"}}: denied`, ": denied"],
    [`failed: {\\"kind\\":\\"Secret\\",\\"stringData\\":{\\"a\\":\\"${planted}\\"}} denied`, "denied"],
    [`failed: {"kind":"Secret","stringData":{"a":"${planted}"`, "failed"],
    [
      `cannot apply\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  a: ${planted}\n`,
      "cannot apply",
    ],
    [`boom kind: Secret stringData: a: ${planted}`, "masked"],
    [`clone https://bot:${encodeURIComponent(planted)}@git.example/repo failed`, "@git.example/repo failed"],
    [`request with Authorization: Bearer abcdefghijklmnop failed`, "failed"],
    [`login password=${planted} refused`, "refused"],
  ])("takes the value out of %j", (text, kept) => {
    const masked = masker.maskText(text);
    for (const form of [planted, base64, encodeURIComponent(planted), "abcdefghijklmnop"])
      expect(masked).not.toContain(form);
    expect(masked).toContain(kept);
    expect(masker.maskText(masked)).toBe(masked);
  });

  it.each([
    'secrets "x" is forbidden: User "u" cannot get resource "secrets" in API group "" in the namespace "n"',
    'Deployment.apps "x" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    "Helm upgrade failed: failed to get secret: not found",
    "the token has expired",
  ])("keeps %j", (text) => expect(masker.maskText(text)).toBe(text));
});

describe("masking a manifest", () => {
  it("masks Secrets and keeps the text of other documents", () => {
    const yaml = `---\n# Source: c/templates/s.yaml\napiVersion: v1\nkind: Secret\n# old: ${planted}\nmetadata:\n  name: s\nstringData:\n  a: ${planted}\n---\n# a comment\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n`;
    const { objects, text } = masker.maskManifest(yaml);
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(["Secret/s", "ConfigMap/c"]);
    expect(text).not.toContain(planted);
    expect(text).toContain("# Source: c/templates/s.yaml");
    expect(text).toContain("# a comment");
    expect(masker.maskManifest(text).objects).toEqual(objects);
  });

  it("replaces a document that can't be read, and reads the others", () => {
    const yaml = `apiVersion: v1\nkind: Secret\nstringData:\n  a: "${planted}\n---\nrest: ${planted}"\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n`;
    const { objects, text } = masker.maskManifest(yaml);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(["c"]);
    expect(text).not.toContain(planted);
  });

  it("reads YAML as Helm does: yes is true, dates and base-60 numbers are texts", () => {
    const { objects } = masker.maskManifest(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nspec: {a: yes, b: 2024-01-01, c: 10:30, d: 0644}\n",
    );
    expect(objects[0]?.["spec"]).toEqual({ a: true, b: "2024-01-01", c: "10:30", d: 420 });
  });

  it("lists the items of a List", () => {
    const { objects, text } = masker.maskManifest(
      JSON.stringify({ apiVersion: "v1", kind: "List", items: [secret({ data: { a: base64 } })] }),
    );
    expect(objects.map(({ kind }) => kind)).toEqual(["Secret"]);
    expect(text).not.toContain(base64);
  });

  it("survives an alias bomb", () => {
    const bomb = `apiVersion: v1\nkind: Secret\na: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f"]
      .map(
        (key, index) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${"abcdef"[index] ?? ""}`)
            .join(",")}]`,
      )
      .join("\n")}\n`;
    expect(masker.maskManifest(bomb).objects).toEqual([]);
  });
});

describe("scrubbing", () => {
  it("replaces every form of a value, and only whole values", () => {
    const scrub = masker.scrubber([planted, "abc"]);
    const text = `a=${planted} b=${base64} c=${encodeURIComponent(planted)} d=${JSON.stringify({ v: planted })} e=abc`;
    const scrubbed = scrub(text);
    for (const form of [planted, base64, encodeURIComponent(planted)]) expect(scrubbed).not.toContain(form);
    expect(scrubbed).toContain("e=abc");
    expect(scrub(scrubbed)).toBe(scrubbed);
  });

  it("replaces the lines of a long value and the texts in a JSON value", () => {
    const scrub = masker.scrubber([
      "first line of it\nsecond line of it",
      '{"auths":{"r":{"password":"hunter2hunter2"}}}',
    ]);
    expect(scrub("    first line of it\n    second line of it\n password hunter2hunter2")).not.toMatch(
      /line of it|hunter2/,
    );
  });
});
