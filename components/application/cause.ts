/** The container that a health message is about (`worker/api: CrashLoopBackOff, exit 1`); undefined when it names none. */
export function containerOf(message: string | undefined): string | undefined {
  return /^[^\s/:]+\/([a-z0-9](?:[-a-z0-9]*[a-z0-9])?): /.exec(message ?? "")?.[1];
}

/** The last lines of a log that came in pieces, without an empty one at its end. */
export function lastLines(pieces: readonly string[], most: number): string[] {
  const lines = pieces.join("").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.slice(-most);
}
