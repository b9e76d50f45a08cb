import { Readable } from "node:stream";
import { extract, type ReadEntry } from "tar";
import { diskFullMessage, isDiskFull } from "#server/tools/disk-full.ts";
import { DesiredFault } from "../fault.ts";

/** What an artifact may hold. */
export interface UnpackLimits {
  readonly files: number;
  readonly bytes: number;
}

const defaultLimits: UnpackLimits = { files: 20_000, bytes: 256 * 1024 * 1024 };
const plainTypes = new Set(["File", "OldFile", "ContiguousFile", "Directory", "GNUDumpDir"]);

/**
 * Unpacks an artifact (tar, gzipped or not) into an empty folder. Only plain files and folders are taken: a link, a device, an absolute path or one with
 * `..` refuses the whole artifact, as does one that is too large; unpacking then stops at once.
 * @throws DesiredFault
 */
export async function unpackArtifact(
  archive: Buffer,
  folder: string,
  limits: UnpackLimits = defaultLimits,
): Promise<void> {
  let files = 0;
  let bytes = 0;
  let refusal: DesiredFault | undefined;
  const sink = extract({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    fmode: 0o600,
    dmode: 0o700,
    filter: (path, entry) => {
      const { type, size } = entry as ReadEntry;
      files += 1;
      bytes += size;
      refusal ??= refuse(path, type, files, bytes, limits);
      if (refusal) sink.abort(refusal);
      return refusal === undefined;
    },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      sink.on("close", resolve);
      sink.on("error", reject);
      // The sink is a Minipass stream, which pipes like one of Node's.
      Readable.from(slices(archive)).pipe(sink);
    });
  } catch (error) {
    if (isDiskFull(error)) throw new DesiredFault(diskFullMessage("The artifact can't be unpacked"));
    throw (
      refusal ??
      new DesiredFault(
        `The artifact can't be unpacked: ${error instanceof Error ? error.message.split("\n")[0] : "unknown fault"}.`,
      )
    );
  }
  if (refusal) throw refusal;
}

function refuse(
  path: string,
  type: string,
  files: number,
  bytes: number,
  limits: UnpackLimits,
): DesiredFault | undefined {
  if (!plainTypes.has(type))
    return new DesiredFault(
      `The artifact holds something else than files and folders (${type}), so it is not unpacked.`,
    );
  if (
    path.startsWith("/") ||
    path.startsWith("\\") ||
    /^[A-Za-z]:/.test(path) ||
    path.includes("\0") ||
    path.split(/[/\\]/).includes("..")
  ) {
    return new DesiredFault("The artifact holds a path that leads out of its folder, so it is not unpacked.");
  }
  if (files > limits.files) return new DesiredFault(`The artifact holds more than ${limits.files} files.`);
  return bytes > limits.bytes
    ? new DesiredFault(`The artifact unpacks to more than ${Math.round(limits.bytes / 1024 ** 2)} MiB.`)
    : undefined;
}

function* slices(buffer: Buffer): Generator<Buffer> {
  const size = 64 * 1024;
  for (let start = 0; start < buffer.length; start += size) yield buffer.subarray(start, start + size);
}
