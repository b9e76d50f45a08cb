import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { Packed } from "./packed.ts";

const manifests = (image: string): object[] =>
  Array.from({ length: 20 }, (_, index) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: `service-${index}`, labels: { "app.kubernetes.io/name": "ünïcode ✓" } },
    spec: { template: { spec: { containers: [{ name: "main", image }] } } },
  }));

it("gives back what was packed", () => {
  expect(new Packed(manifests("a:1")).value).toEqual(manifests("a:1"));
});

it("gives back the same object as long as somebody has it", () => {
  const value = manifests("a:1");
  expect(new Packed(value).value).toBe(value);
});

it("takes a small part of the room that the text takes", () => {
  const value = manifests("a:1");
  expect(new Packed(value).size).toBeLessThan(JSON.stringify(value).length / 10);
});

it("equals what holds the same, and nothing else", () => {
  const packed = new Packed(manifests("a:1"));
  expect(packed.equals(new Packed(manifests("a:1")))).toBe(true);
  expect(packed.equals(new Packed(manifests("a:2")))).toBe(false);
});

it("unpacks what nobody has any more", async () => {
  const packed = new Packed(manifests("a:1"));
  const before = new WeakRef(packed.value);
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  // What a turn has looked at lives until its end.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(before.deref()).toBeUndefined();
  expect(packed.value).toEqual(manifests("a:1"));
});
