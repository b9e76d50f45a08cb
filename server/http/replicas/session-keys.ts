import { readFileSync } from "node:fs";

/**
 * The keys that all replicas have in common, from a file with one in each line: the first one seals, each of them opens. Each is the base64
 * of at least 32 random bytes. @throws Error that says what is wrong with the file
 */
export function readSessionKeys(path: string): Buffer[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new Error(`DRIFTGLASS_SESSION_KEY_FILE: ${path} can't be read`);
  }
  const keys = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => (/^[\w+/-]+=*$/.test(line) ? Buffer.from(line, "base64") : Buffer.alloc(0)));
  if (keys.length === 0 || keys.some((key) => key.length < 32))
    throw new Error(
      "DRIFTGLASS_SESSION_KEY_FILE: each line must be the base64 of at least 32 random bytes, such as `openssl rand -base64 48` makes",
    );
  return keys;
}
