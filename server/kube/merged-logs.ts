import { faultLine, logLine, sourcesLine, type LogSource } from "#lib/api/log-lines.ts";

/** One log, opened when it is this one's turn. */
export interface LogToMerge extends LogSource {
  /** @throws KubeError before the first byte */
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** A line that does not end is cut here, so that none fills the memory. */
const longest = 64 * 1024;

/**
 * Several logs as one, line by line as they come; see `lib/api/log-lines.ts` for the form. A log that can't be read, or
 * that breaks off, says so in a line of its own and the others go on. Ends when all have.
 */
export async function* mergeLogs(logs: readonly LogToMerge[]): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  yield encoder.encode(sourcesLine(logs.map(({ namespace, pod, container }) => ({ namespace, pod, container }))));
  const readers = logs.map((log, index) => linesOf(log, index));
  const turns = new Map(readers.map((reader, index) => [index, next(reader, index)]));
  try {
    while (turns.size > 0) {
      const { index, done, value } = await Promise.race(turns.values());
      const reader = readers[index];
      if (done === true || reader === undefined) turns.delete(index);
      else turns.set(index, next(reader, index));
      if (value !== undefined && value !== "") yield encoder.encode(value);
    }
  } finally {
    // Not awaited: a log that is silent would hold up the end; its request is aborted by who opened it.
    for (const reader of readers) void reader.return().catch(() => undefined);
  }
}

async function next(reader: AsyncGenerator<string, void, undefined>, index: number) {
  const { done, value } = await reader.next();
  return { index, done, value: value ?? undefined };
}

async function* linesOf(log: LogToMerge, index: number): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of await log.open()) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > longest) {
        lines.push(rest);
        rest = "";
      }
      if (lines.length > 0) yield lines.map((line) => logLine(index, line)).join("");
    }
    if (rest !== "") yield logLine(index, rest);
  } catch (error) {
    yield faultLine(index, error instanceof Error ? error.message : "The log broke off.");
  }
}
