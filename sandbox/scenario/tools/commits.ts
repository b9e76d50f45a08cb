import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { fillPlaceholders, listFiles, listFolders, type Placeholders } from "./files.ts";

/** One commit of a repository: a folder whose files are written over those of the commits before it. */
export interface Commit {
  /** Name of its folder: `03-worker`. */
  readonly name: string;
  readonly author: string;
  readonly message: string;
  /** How long ago it was made, in milliseconds. */
  readonly ago: number;
  /** Held back at first, and pushed when the commits before it have been applied. */
  readonly held: boolean;
  readonly files: ReadonlyMap<string, string>;
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `34d`, `26h`, `5m` in milliseconds. @throws Error when it is written in another way. */
export function parseAgo(text: string): number {
  const match = /^(\d+)([mhd])$/.exec(text);
  const unit = units[match?.[2] ?? ""];
  if (match === null || unit === undefined) throw new Error(`not a duration such as 34d, 26h or 5m: ${text}`);
  return Number(match[1]) * unit;
}

/** Reads the commits below `directory`, oldest first; each folder has a commit.yaml that says who, when and why. */
export function readCommits(directory: string, placeholders: Placeholders): Commit[] {
  return listFolders(directory).map((name) => {
    const folder = join(directory, name);
    const about: unknown = parse(readFileSync(join(folder, "commit.yaml"), "utf8"));
    const { author, ago, message, held } = about as { author: string; ago: string; message: string; held?: boolean };
    const files = new Map<string, string>();
    for (const path of listFiles(folder)) {
      if (path !== "commit.yaml")
        files.set(path, fillPlaceholders(readFileSync(join(folder, path), "utf8"), placeholders));
    }
    return { name, author, message: message.trim(), ago: parseAgo(ago), held: held ?? false, files };
  });
}

/**
 * The stream that `git fast-import` turns into the commits; the branch `main` ends at the last one that is not held,
 * `held` at the last one of all. Mark N is commit N, counted from 1.
 */
export function fastImportStream(commits: readonly Commit[], now: number): string {
  const lines: string[] = [];
  const bytesOf = (text: string): number => Buffer.byteLength(text);
  commits.forEach((commit, index) => {
    const who = `${commit.author} ${Math.floor((now - commit.ago) / 1000)} +0100`;
    const message = `${commit.message}\n`;
    lines.push(
      `commit refs/heads/${commit.held ? "held" : "main"}`,
      `mark :${index + 1}`,
      `author ${who}`,
      `committer ${who}`,
    );
    lines.push(`data ${bytesOf(message)}`, message);
    if (index > 0) lines.push(`from :${index}`);
    for (const [path, content] of commit.files)
      lines.push(`M 100644 inline ${path}`, `data ${bytesOf(content)}`, content);
    lines.push("");
  });
  lines.push("done", "");
  return lines.join("\n");
}
