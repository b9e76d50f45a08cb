import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../object.ts";
import { createMasker } from "./masker.ts";

const masker = createMasker(new Uint8Array(32).fill(9));

/** A small generator with a seed, so that a failure can be repeated. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const alphabets = ["abcdefghijklmnop0123456789", 'aB3"\\{}[]:,|', "xyz\n\t: -#", "äß€🙂ab", "AAAA====++//"];

function plant(random: (below: number) => number): string {
  const alphabet = Array.from(alphabets[random(alphabets.length)] ?? "abc");
  const tail = Array.from({ length: 4 + random(24) }, () => alphabet[random(alphabet.length)] ?? "a").join("");
  return `PLANT${tail}`;
}

type Make = (value: string, random: (below: number) => number) => unknown;
const encode = (value: string): string => Buffer.from(value).toString("base64");
const base = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" } };
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** Ways in which a Secret, sound or malformed, carries a value. */
const carriers: readonly Make[] = [
  (value) => ({ ...base, data: { a: encode(value) } }),
  (value) => ({ ...base, stringData: { a: value } }),
  (value) => ({ ...base, data: value }),
  (value) => ({ ...base, data: [value, { deep: [value] }] }),
  (value) => ({ ...base, data: { a: { b: value }, c: 5, d: [value], e: null } }),
  (value) => ({ ...base, stringdata: { a: value } }),
  (value) => ({ ...base, kind: "secret", data: { a: value } }),
  (value) => ({ ...base, apiVersion: undefined, data: { a: value } }),
  (value) => ({ ...base, sops: { mac: value }, data: { a: "ENC[x]" } }),
  (value) => ({ ...base, data: { a: encode(value) }, metadata: { name: "s", annotations: { copy: `x ${value} y` } } }),
  (value) => ({ ...base, data: { a: encode(value) }, metadata: { name: "s", annotations: { copy: encode(value) } } }),
  (value) => ({
    ...base,
    metadata: { name: "s", annotations: { [lastApplied]: JSON.stringify({ ...base, data: { a: encode(value) } }) } },
  }),
  (value) => ({
    ...base,
    metadata: { name: "s", annotations: { [lastApplied]: `{"kind":"Secret","data":{"a":"${value}` } },
  }),
  (value) => ({
    ...base,
    metadata: { name: "s", annotations: { [lastApplied]: JSON.stringify({ stringData: { a: value } }) } },
  }),
];

/** Ways in which such a Secret stands in something else. */
const wrappers: readonly ((secret: unknown) => KubeObject)[] = [
  (secret) => secret as KubeObject,
  (secret) => ({ apiVersion: "v1", kind: "List", metadata: { name: "" }, items: [secret, secret] }),
  (secret) => ({ apiVersion: "v1", kind: "SecretList", metadata: { name: "" }, items: [secret] }),
  (secret) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "c" },
    data: { "s.json": JSON.stringify(secret) },
  }),
  (secret) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "c" },
    data: { "s.yaml": `# x\n${stringify(secret)}` },
  }),
  (secret) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "c" },
    data: { n: JSON.stringify({ inner: JSON.stringify(secret) }) },
  }),
  (secret) => ({
    apiVersion: "x.io/v1",
    kind: "Bundle",
    metadata: { name: "b" },
    spec: { template: { resources: [{ manifest: secret }] } },
  }),
  (secret) => ({
    apiVersion: "x.io/v1",
    kind: "App",
    metadata: { name: "a" },
    operation: { sync: { manifests: [JSON.stringify(secret)] } },
  }),
  (secret) => ({
    apiVersion: "x.io/v1",
    kind: "App",
    metadata: { name: "a" },
    status: { message: `cannot apply ${JSON.stringify(secret)}: denied` },
  }),
  (secret) => ({
    apiVersion: "x.io/v1",
    kind: "App",
    metadata: {
      name: "a",
      annotations: { [lastApplied]: JSON.stringify({ apiVersion: "x.io/v1", kind: "App", spec: { raw: secret } }) },
    },
  }),
];

/** The forms in which the value still stands in a text, each with what it is about. */
function leaksOf(text: string, value: string, about: string): string[] {
  const forms = [value, encode(value), JSON.stringify(value).slice(1, -1), "PLANT", encode("PLANTx").slice(0, 6)];
  return forms
    .filter((form) => text.includes(form))
    .map((form) => `${about}: ${JSON.stringify(form)} in ${text.slice(0, 400)}`);
}

describe("planted values", { timeout: 60_000 }, () => {
  it("never appear in a masked object, however it is written and wherever it stands", () => {
    const leaks: string[] = [];
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomOf(seed);
      const value = plant(random);
      for (const [c, carrier] of carriers.entries()) {
        const secret = carrier(value, random);
        for (const [w, wrapper] of wrappers.entries()) {
          // Something that says neither what it is nor where it belongs is no Secret when it is nested without values.
          const masked = masker.maskObject(wrapper(secret));
          leaks.push(...leaksOf(JSON.stringify(masked), value, `seed ${seed}, carrier ${c}, wrapper ${w}`));
        }
      }
    }
    expect(leaks).toEqual([]);
  });

  it("never appear in a masked manifest, sound or cut anywhere", () => {
    const leaks: string[] = [];
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomOf(seed * 77);
      const value = plant(random);
      for (const [c, carrier] of carriers.entries()) {
        const yaml = `---\n${stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } })}---\n${stringify(carrier(value, random))}`;
        // An annotation that copies a value is known by that value: not where the value has been cut off.
        const copies = c === 9 || c === 10;
        const variants = [
          yaml,
          copies ? "" : yaml.slice(0, random(yaml.length)),
          yaml.replace(": ", ":"),
          yaml.replace("metadata:", "\tmetadata: ["),
          yaml.replaceAll("\n", "\r\n"),
        ];
        for (const [v, variant] of variants.entries()) {
          const { objects, text } = masker.maskManifest(variant);
          leaks.push(...leaksOf(text + JSON.stringify(objects), value, `seed ${seed}, carrier ${c}, variant ${v}`));
        }
      }
    }
    expect(leaks).toEqual([]);
  });

  it("never appear in a masked message that quotes the object", () => {
    const leaks: string[] = [];
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomOf(seed * 131);
      const value = plant(random);
      for (const [c, carrier] of carriers.entries()) {
        const secret = carrier(value, random);
        const json = JSON.stringify(secret);
        for (const text of [
          json,
          `error: ${json}`,
          JSON.stringify({ message: json }),
          `error when patching ${JSON.stringify(json)}: no`,
          `boom\n${stringify(secret)}`,
          `error: ${json.slice(0, -1)}`,
        ]) {
          leaks.push(...leaksOf(masker.maskText(text), value, `seed ${seed}, carrier ${c}, ${text.slice(0, 30)}`));
        }
      }
    }
    expect(leaks).toEqual([]);
  });
});
