import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileStorage } from "./file-storage.ts";
import { pack, type RecordHead } from "./record.ts";

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const unit = "0123456789abcdef0123456789abcdef";
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "records-"));
  folder = join(parent, "state");
});
afterEach(async () => {
  await chmod(folder, 0o700).catch(() => undefined);
  await rm(parent, { recursive: true, force: true });
});

async function record(name: string, id: string): Promise<{ head: RecordHead; body: Uint8Array }> {
  const packed = await pack([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }]);
  const head: RecordHead = {
    unit,
    content: packed.content,
    application: { engine: "argocd", namespace: "argocd", name: "shop" },
    maskKey: "k",
    objects: 1,
    bytes: packed.body.byteLength,
    revisions: [{ id, revision: id, recordedAt: "2026-01-01T00:00:00Z" }],
  };
  return { head, body: packed.body };
}

describe("records in a folder", () => {
  it("are there after a restart, with the same key, for the owner alone", async () => {
    const before = createFileStorage(folder);
    const key = await before.key();
    const { head, body } = await record("a", "1");
    await before.put(head, body);
    const after = createFileStorage(folder);
    expect(await after.key()).toEqual(key);
    expect(await after.heads()).toEqual([head]);
    expect(await after.heads(unit)).toEqual([head]);
    expect(await after.body(head)).toEqual(Buffer.from(body));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "mask-key"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, unit, `${head.content}.gz`))).mode & 0o777).toBe(0o600);
  });

  it("of the same content are one, with the revisions of both", async () => {
    const storage = createFileStorage(folder);
    const one = await record("a", "1");
    const two = await record("a", "2");
    await storage.put(one.head, one.body);
    await storage.put(two.head, two.body);
    const heads = await storage.heads(unit);
    expect(heads.map(({ revisions }) => revisions.map(({ id }) => id))).toEqual([["1", "2"]]);
    expect((await readdir(join(folder, unit))).length).toBe(2);
  });

  it("get one key when two servers start at once", async () => {
    const keys = await Promise.all([1, 2, 3, 4].map(() => createFileStorage(folder).key()));
    expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(1);
  });

  it("that are removed are gone, and removing them again is no fault", async () => {
    const storage = createFileStorage(folder);
    const { head, body } = await record("a", "1");
    await storage.put(head, body);
    await storage.remove(head);
    await storage.remove(head);
    expect(await storage.heads()).toEqual([]);
    await expect(storage.body(head)).rejects.toMatchObject({ kind: "missing" });
  });

  it("whose head can't be read are left out, and the others stay", async () => {
    const storage = createFileStorage(folder);
    const { head, body } = await record("a", "1");
    await storage.put(head, body);
    await writeFile(join(folder, unit, `${"f".repeat(64)}.json`), "{ half a fi");
    expect(await storage.heads(unit)).toEqual([head]);
  });

  it("say in words that the folder can't be used", async () => {
    await writeFile(folder, "a file where the folder should be");
    const storage = createFileStorage(folder);
    const { head, body } = await record("a", "1");
    await expect(storage.put(head, body)).rejects.toMatchObject({ name: "RecordFault", kind: "unavailable" });
    expect(await readFile(folder, "utf8")).toContain("a file");
  });

  it("say that the disk is full when the system lets nothing more be written, keep what there was, and go on when there is room", async () => {
    const storage = createFileStorage(folder);
    await storage.key();
    const kept = await record("kept", "1");
    await storage.put(kept.head, kept.body);
    // A real limit of the system, in a process of its own: what it writes beyond a KiB is refused in the middle.
    const script = `
      import { createFileStorage } from "#server/recorded/file-storage.ts";
      const head = ${JSON.stringify({ ...kept.head, content: "f".repeat(64) })};
      await createFileStorage(process.argv[1]).put(head, new Uint8Array(100_000)).catch((fault) => console.log(fault.kind));
    `;
    const node = [process.execPath, "--input-type=module", "--eval", script, folder];
    const { stdout } = await execute("bash", ["-c", 'ulimit -f 1; exec "$@"', "bash", ...node], { cwd: root });
    expect(stdout.trim()).toBe("full");
    expect(await storage.heads()).toEqual([kept.head]);
    expect(await storage.body(kept.head)).toEqual(Buffer.from(kept.body));
    expect((await readdir(join(folder, unit))).filter((name) => !name.startsWith(kept.head.content))).toEqual([]);
    const next = await record("next", "2");
    await storage.put(next.head, next.body);
    expect((await storage.heads()).length).toBe(2);
  });
});
