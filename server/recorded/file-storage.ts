import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseJsonObject } from "#server/kube/redaction/json.ts";
import { mergeHeads, recordHeadSchema, type RecordHead } from "./record.ts";
import { isDiskFull } from "#server/tools/disk-full.ts";
import { RecordFault } from "./record-fault.ts";
import type { RecordStorage } from "./storage.ts";

/**
 * Records as files, for a Driftglass on somebody's machine or one pod with a volume: a folder for each application, and in it
 * a small head and the packed manifests of each record. Folder and files are for the owner alone.
 */
export function createFileStorage(folder: string): RecordStorage {
  const headFile = (unit: string, content: string): string => join(folder, unit, `${content}.json`);
  const bodyFile = (unit: string, content: string): string => join(folder, unit, `${content}.gz`);

  async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw faultOf(error, what, folder);
    }
  }

  /** Whole or not at all: what reads at the same time sees the old file or the new one. */
  async function write(file: string, data: string | Uint8Array): Promise<void> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      await writeFile(temporary, data, { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async function headsOf(unit: string): Promise<RecordHead[]> {
    const names = await readdir(join(folder, unit)).catch(emptyWhenMissing);
    const heads = await Promise.all(
      names.filter((name) => name.endsWith(".json")).map((name) => readHead(join(folder, unit, name))),
    );
    return heads.flatMap((head) => (head?.unit === unit ? [head] : []));
  }

  return {
    place: `the folder ${folder}`,
    key: () =>
      guarded("The key of the records can't be had", async () => {
        const file = join(folder, "mask-key");
        const known = await readFile(file).catch(undefinedWhenMissing);
        if (known) return checkedKey(known);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await chmod(folder, 0o700);
        const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
        await writeFile(temporary, randomBytes(32), { mode: 0o600 });
        // Of two servers that start at once, one wins; both go on with its key.
        await link(temporary, file).catch((error: unknown) => {
          if (codeOf(error) !== "EEXIST") throw error;
        });
        await rm(temporary, { force: true });
        return checkedKey(await readFile(file));
      }),
    heads: (unit) =>
      guarded("Recorded releases can't be listed", async () => {
        if (unit !== undefined) return await headsOf(unit);
        const units = (await readdir(folder).catch(emptyWhenMissing)).filter((name) => /^[0-9a-f]{32}$/.test(name));
        const heads: RecordHead[] = [];
        for (const name of units) heads.push(...(await headsOf(name)));
        return heads;
      }),
    body: ({ unit, content }) =>
      guarded("The record can't be read", async () => {
        const body = await readFile(bodyFile(unit, content)).catch(undefinedWhenMissing);
        if (!body) throw new RecordFault("missing", "The record is gone: it was the oldest when room was needed.");
        return body;
      }),
    put: (head, body) =>
      guarded("The release can't be recorded", async () => {
        const before = await readHead(headFile(head.unit, head.content));
        // The head goes last: as long as it is not there, the record is not either.
        if (!before) await write(bodyFile(head.unit, head.content), body);
        await write(headFile(head.unit, head.content), JSON.stringify(mergeHeads(before, head)));
      }),
    remove: ({ unit, content }) =>
      guarded("The record can't be removed", async () => {
        await rm(headFile(unit, content), { force: true });
        await rm(bodyFile(unit, content), { force: true });
      }),
    close: () => Promise.resolve(),
  };
}

async function readHead(file: string): Promise<RecordHead | undefined> {
  const text = await readFile(file, "utf8").catch(undefinedWhenMissing);
  const parsed = recordHeadSchema.safeParse(text === undefined ? undefined : parseJsonObject(text));
  return parsed.success ? parsed.data : undefined;
}

function checkedKey(key: Uint8Array): Uint8Array {
  if (key.byteLength === 32) return key;
  throw new RecordFault(
    "unreadable",
    "The key of the records is not one: remove the file mask-key to have it made anew.",
  );
}

function faultOf(error: unknown, what: string, folder: string): RecordFault {
  if (error instanceof RecordFault) return error;
  const code = codeOf(error);
  if (isDiskFull(error)) return new RecordFault("full", `${what}: there is no room left in ${folder}.`);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new RecordFault("forbidden", `${what}: Driftglass may not read and write ${folder} (${code}).`);
  return new RecordFault("unavailable", `${what}: ${folder} is not usable (${code || "unknown fault"}).`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function undefinedWhenMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

function emptyWhenMissing(error: unknown): string[] {
  if (codeOf(error) !== "ENOENT") throw error;
  return [];
}
