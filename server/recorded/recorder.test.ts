import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccessAttributes, ClusterAccess } from "#server/kube/access.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { createFileStorage } from "./file-storage.ts";
import { RecordFault } from "./record-fault.ts";
import { type RecordedReleases, recordedReleases } from "./recorded-releases.ts";
import { Recorder, type Release } from "./recorder.ts";
import type { RecordStorage } from "./storage.ts";

// With the real files, and a clock that does as it is told.
const server = "https://cluster.example";
const ref = { engine: "argocd", namespace: "argocd", name: "shop" } as const;
const uid = "u";
const key = new Uint8Array(32).fill(7);
let folder: string;
let time: number;
let timers: { at: number; run: () => void }[];
let recorder: Recorder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recorder-"));
  time = Date.parse("2026-01-01T00:00:00Z");
  timers = [];
  recorder = open(createFileStorage(folder));
});
afterEach(async () => {
  await recorder.close();
  await rm(folder, { recursive: true, force: true });
});

function open(storage: RecordStorage, limits = { perApplication: 3, bytes: 1_000_000 }): Recorder {
  return new Recorder({
    storage,
    masker: createMasker(key),
    maskKey: key,
    limits,
    serves: (url) => url === server,
    now: () => new Date(time).toISOString(),
    schedule: (milliseconds, run) => {
      const timer = { at: time + milliseconds, run };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  });
}

async function pass(milliseconds: number): Promise<void> {
  time += milliseconds;
  for (const timer of timers.filter(({ at }) => at <= time)) {
    timers.splice(timers.indexOf(timer), 1);
    timer.run();
  }
  await recorder.idle();
}

const object = (kind: string, name: string, data: Record<string, string> = {}): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name, namespace: "shop" },
  data,
});
const release = (id: string, ...objects: KubeObject[]): Release => ({
  unit: { server, ref, uid },
  revision: { id, revision: `commit ${id}` },
  objects,
});

async function record(id: string, ...objects: KubeObject[]): Promise<void> {
  recorder.offer(server, ref, () => Promise.resolve(release(id, ...objects)));
  await pass(3_000);
}

/** What a person sees who may get these kinds (or `kind/name`). */
function releasesFor(...allowed: string[]): RecordedReleases {
  const access: ClusterAccess = {
    review: (asked) =>
      Promise.resolve(
        asked.map((attributes: AccessAttributes) => ({
          attributes,
          allowed: allowed.includes(
            attributes.name === undefined ? attributes.resource : `${attributes.resource}/${attributes.name}`,
          ),
        })),
      ),
    readableNamespaces: () => Promise.resolve([]),
  };
  const resolve = ({ group, kind }: { group: string; kind: string }) => ({
    group,
    kind,
    version: "v1",
    plural: `${kind.toLowerCase()}s`,
    namespaced: true,
    verbs: [],
  });
  return recordedReleases(recorder, server, access, { resolve });
}

describe("a recorder", () => {
  it("writes a release when its application has been quiet for a while", async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      return Promise.resolve(release("1", object("ConfigMap", "c")));
    };
    recorder.offer(server, ref, look);
    await pass(2_000);
    recorder.offer(server, ref, look);
    await pass(2_000);
    expect(looks).toBe(0);
    await pass(1_000);
    expect(looks).toBe(1);
    const { recorded } = await releasesFor("configmaps").revisions(ref, uid);
    expect([...recorded.keys()]).toEqual(["1"]);
  });

  it("does not wait forever for one that is never quiet", async () => {
    for (let second = 0; second < 20; second += 1) {
      recorder.offer(server, ref, () => Promise.resolve(release("1", object("ConfigMap", "c"))));
      await pass(1_000);
    }
    expect((await releasesFor("configmaps").revisions(ref, uid)).recorded.size).toBe(1);
  });

  it("keeps what it has, unless somebody who sees more completes it", async () => {
    await record("1", object("ConfigMap", "a", { v: "first" }));
    await record("1", object("ConfigMap", "a", { v: "edited later" }));
    const before = await releasesFor("configmaps").manifests(ref, uid, "1");
    expect(before?.objects).toEqual([object("ConfigMap", "a", { v: "first" })]);
    await record("1", object("ConfigMap", "a", { v: "first" }), object("ConfigMap", "b"));
    const after = await releasesFor("configmaps").manifests(ref, uid, "1");
    expect(after?.objects.map(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
  });

  it("keeps no more revisions than it is told", async () => {
    for (const id of ["1", "2", "3", "4", "5"]) await record(id, object("ConfigMap", "a", { v: id }));
    const { recorded } = await releasesFor("configmaps").revisions(ref, uid);
    expect([...recorded.keys()].sort()).toEqual(["3", "4", "5"]);
  });

  it("writes no Secret's value, whoever forgot to mask it", async () => {
    await record("1", object("Secret", "s", { password: Buffer.from("hunter2-hunter2").toString("base64") }));
    const found = await releasesFor("secrets").manifests(ref, uid, "1");
    expect(found?.objects[0]?.["data"]).toEqual({
      password: expect.stringMatching(/^‹masked [0-9a-f]{8}›$/) as string,
    });
  });

  it("tells after a restart that a Secret's value changed", async () => {
    const value = (text: string) => ({ password: Buffer.from(text).toString("base64") });
    await record("1", object("Secret", "s", value("first-value")));
    await recorder.close();
    recorder = open(createFileStorage(folder));
    await record("2", object("Secret", "s", value("first-value")), object("ConfigMap", "c"));
    await record("3", object("Secret", "s", value("other-value")));
    const data = async (id: string) =>
      (await releasesFor("secrets").manifests(ref, uid, id))?.objects.find(({ kind }) => kind === "Secret")?.["data"];
    expect(await data("2")).toEqual(await data("1"));
    expect(await data("3")).not.toEqual(await data("1"));
  });

  it("shows a person only what they may get, by kind or by name, and counts the rest", async () => {
    await record("1", object("ConfigMap", "a"), object("ConfigMap", "b"), object("Secret", "s"));
    const some = await releasesFor("configmaps/b").manifests(ref, uid, "1");
    expect(some?.objects.map(({ metadata }) => metadata.name)).toEqual(["b"]);
    expect([...(some?.hidden ?? [])].sort()).toEqual(["/ConfigMap/shop/a", "/Secret/shop/s"]);
    const none = await releasesFor().manifests(ref, uid, "1");
    expect([none?.objects, none?.hidden.size]).toEqual([[], 3]);
  });

  it("has nothing for another cluster, or for a later application of the same name", async () => {
    await record("1", object("ConfigMap", "a"));
    expect(await releasesFor("configmaps").manifests(ref, "another", "1")).toBeUndefined();
    recorder.offer("https://elsewhere.example", ref, () => Promise.resolve(release("9", object("ConfigMap", "a"))));
    await pass(10_000);
    expect((await releasesFor("configmaps").revisions(ref, uid)).recorded.has("9")).toBe(false);
  });

  it("says why it can't write, breaks nothing, and goes on when it can again", async () => {
    const files = createFileStorage(folder);
    let full = true;
    const put: RecordStorage["put"] = (head, body) =>
      full ? Promise.reject(new RecordFault("full", "There is no room left.")) : files.put(head, body);
    recorder = open({ ...files, put });
    await record("1", object("ConfigMap", "a"));
    expect(recorder.problem).toBe("There is no room left.");
    const releases = releasesFor("configmaps");
    expect(await releases.revisions(ref, uid)).toEqual({ recorded: new Map(), problem: "There is no room left." });
    full = false;
    await pass(60_000);
    expect(recorder.problem).toBeUndefined();
    expect((await releases.revisions(ref, uid)).recorded.size).toBe(1);
  });

  it("passes over one release that is too large, and goes on with the others", async () => {
    const files = createFileStorage(folder);
    const put: RecordStorage["put"] = (head, body) =>
      head.objects > 1 ? Promise.reject(new RecordFault("too-large", "It is too large.")) : files.put(head, body);
    recorder = open({ ...files, put });
    await record("1", object("ConfigMap", "a"), object("ConfigMap", "b"));
    expect(recorder.problem).toBeUndefined();
    expect((await releasesFor("configmaps").revisions(ref, uid)).problem).toBe("It is too large.");
    await record("2", object("ConfigMap", "a"));
    expect((await releasesFor("configmaps").revisions(ref, uid)).recorded.has("2")).toBe(true);
  });
});
