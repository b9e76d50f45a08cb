import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { isRecord } from "#lib/diff/json.ts";
import type { HookRun, RawRelease, ReleaseInfo } from "./release.ts";

/** A record can't be decoded. The message names no content and may be shown. */
export class ReleaseDecodeError extends Error {
  override readonly name = "ReleaseDecodeError";
}

/** A Secret or ConfigMap can't be larger than this in etcd. */
const maxEncoded = 4 * 1024 * 1024;
const maxDecoded = 64 * 1024 * 1024;
const phases = ["Running", "Succeeded", "Failed", "Unknown"] as const;
const inflate = promisify(gunzip);

/**
 * Decodes a release record: base64 of gzip of JSON, or of plain JSON as old Helm versions wrote it. `encoded` is the record's text: what a
 * ConfigMap's `data.release` holds, and what a Secret's does after one base64.
 * Source: helm `pkg/storage/driver/util.go`.
 * @throws ReleaseDecodeError
 */
export async function decodeRelease(encoded: string): Promise<RawRelease> {
  if (encoded === "") throw new ReleaseDecodeError("the record is empty");
  if (encoded.length > maxEncoded) throw new ReleaseDecodeError("the record is larger than any that Helm writes");
  const compact = encoded.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new ReleaseDecodeError("the record is not base64");
  const bytes = Buffer.from(compact, "base64");
  const isGzip = bytes.length > 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
  return toRelease(parse(isGzip ? await unzip(bytes) : bytes));
}

/** Decodes the record of a Secret: its `data.release`, which is base64 of what {@link decodeRelease} takes. @throws ReleaseDecodeError */
export async function decodeSecretRelease(data: string): Promise<RawRelease> {
  if (data.length > maxEncoded * 2) throw new ReleaseDecodeError("the record is larger than any that Helm writes");
  return decodeRelease(Buffer.from(data, "base64").toString("latin1"));
}

async function unzip(bytes: Buffer): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: maxDecoded });
  } catch (error) {
    const tooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new ReleaseDecodeError(
      tooLarge ? "the record unpacks to more than 64 MiB" : "the record is damaged: it can't be unpacked",
    );
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new ReleaseDecodeError("the record is damaged: it is no JSON");
  }
}

function toRelease(value: unknown): RawRelease {
  if (!isRecord(value)) throw new ReleaseDecodeError("the record is no release");
  const { name, version, manifest, hooks, config, chart, apply_method: applyMethod } = value;
  if (typeof name !== "string" || typeof version !== "number")
    throw new ReleaseDecodeError("the record has no name or no revision number");
  return {
    name,
    namespace: textOf(value["namespace"]) ?? "",
    version,
    config: isRecord(config) ? config : {},
    manifest: textOf(manifest) ?? "",
    hooks: Array.isArray(hooks) ? hooks.filter(isRecord).map(toHook) : [],
    info: toInfo(value["info"]),
    ...(isRecord(chart) && isRecord(chart["metadata"])
      ? { chart: { metadata: chart["metadata"], values: isRecord(chart["values"]) ? chart["values"] : {} } }
      : {}),
    ...(applyMethod === "ssa" || applyMethod === "csa" ? { applyMethod } : {}),
  };
}

function toHook(hook: Readonly<Record<string, unknown>>): RawRelease["hooks"][number] {
  const events = Array.isArray(hook["events"])
    ? hook["events"].filter((event): event is string => typeof event === "string")
    : [];
  return {
    name: textOf(hook["name"]) ?? "",
    kind: textOf(hook["kind"]) ?? "",
    events,
    manifest: textOf(hook["manifest"]) ?? "",
    ...runOf(hook["last_run"]),
  };
}

/** Helm writes an empty phase and no times for a hook that has not run. */
function runOf(value: unknown): { lastRun?: HookRun } {
  const run = isRecord(value) ? value : {};
  const phase = phases.find((known) => known === run["phase"]);
  if (phase === undefined) return {};
  const startedAt = timeOf(run["started_at"]);
  const finishedAt = timeOf(run["completed_at"]);
  return {
    lastRun: {
      phase,
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(finishedAt === undefined ? {} : { finishedAt }),
    },
  };
}

function toInfo(value: unknown): ReleaseInfo {
  const info = isRecord(value) ? value : {};
  const firstDeployed = timeOf(info["first_deployed"]);
  const lastDeployed = timeOf(info["last_deployed"]);
  const deleted = timeOf(info["deleted"]);
  const description = textOf(info["description"]);
  const notes = textOf(info["notes"]);
  return {
    status: textOf(info["status"]) ?? "unknown",
    ...(firstDeployed === undefined ? {} : { firstDeployed }),
    ...(lastDeployed === undefined ? {} : { lastDeployed }),
    ...(deleted === undefined ? {} : { deleted }),
    ...(description === undefined ? {} : { description }),
    ...(notes === undefined ? {} : { notes }),
  };
}

/** RFC 3339 in UTC; Go's zero time and the empty string of Helm 3 are no time. */
function timeOf(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || value.startsWith("0001-01-01")) return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
