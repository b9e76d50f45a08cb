/** One container whose log is part of an answer. */
export interface LogSource {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** One piece of the answer of `GET /api/v1/logs`; `source` is a place in the list of sources, which comes first. */
export type LogEvent =
  | { readonly kind: "sources"; readonly sources: readonly LogSource[] }
  | { readonly kind: "line"; readonly source: number; readonly time: string; readonly text: string }
  | { readonly kind: "fault"; readonly source: number; readonly message: string };

/** The first line of the answer. */
export function sourcesLine(sources: readonly LogSource[]): string {
  return `#${JSON.stringify(sources)}\n`;
}

/** A line of a container's log, which begins with its time. */
export function logLine(source: number, line: string): string {
  return `${source} ${line}\n`;
}

/** Says that a container's log can't be read; the others go on. */
export function faultLine(source: number, message: string): string {
  return `!${source} ${message.replaceAll(/\s+/g, " ")}\n`;
}

/** Reads one line of the answer back; undefined for what is none. */
export function parseLogLine(line: string): LogEvent | undefined {
  if (line.startsWith("#")) return { kind: "sources", sources: JSON.parse(line.slice(1)) as LogSource[] };
  const match = /^(!?)(\d+) (.*)$/s.exec(line);
  if (!match) return undefined;
  const [, fault, source = "0", rest = ""] = match;
  if (fault === "!") return { kind: "fault", source: Number(source), message: rest };
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) ?/.exec(rest)?.[0] ?? "";
  return { kind: "line", source: Number(source), time: time.trimEnd(), text: rest.slice(time.length) };
}
