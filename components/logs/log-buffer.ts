import type { LogEvent, LogSource } from "#lib/api/log-lines.ts";

/** One line as it is shown. */
export interface ShownLine {
  /** Tells lines apart as long as they are kept. */
  readonly id: number;
  readonly source: number;
  readonly time: string;
  readonly text: string;
}

/** What has come of some logs so far. */
export interface LogState {
  readonly sources: readonly LogSource[];
  /** By source, why it can't be read. */
  readonly faults: ReadonlyMap<number, string>;
  readonly lines: readonly ShownLine[];
  /** How many earlier lines were let go. */
  readonly dropped: number;
  /** The next line's id. */
  readonly next: number;
}

/** Nothing yet. */
export const emptyLog: LogState = { sources: [], faults: new Map(), lines: [], dropped: 0, next: 0 };

/** Only so many lines are kept, so that a chatty pod does not fill the browser. */
export const mostLines = 10_000;

/** What begins a terminal's colour. */
const escape = "\u001B[";

/** Without the colours of terminals, which would only be noise here. */
function plain(text: string): string {
  if (!text.includes(escape)) return text;
  return text
    .split(escape)
    .map((part, index) => (index === 0 ? part : part.replace(/^[0-9;?]*[A-Za-z]/, "")))
    .join("");
}

/** Adds what has come: lines stand in the order of their times, whichever log was faster; the oldest go when there are too many. */
export function addToLog(state: LogState, events: readonly LogEvent[], most = mostLines): LogState {
  let { sources, faults, dropped } = state;
  let { next } = state;
  const added: ShownLine[] = [];
  for (const event of events) {
    if (event.kind === "sources") sources = event.sources;
    else if (event.kind === "fault") faults = new Map(faults).set(event.source, event.message);
    else added.push({ id: next++, source: event.source, time: event.time, text: plain(event.text) });
  }
  let lines = state.lines;
  if (added.length > 0) {
    const all = [...state.lines, ...added];
    // Stable: lines of the same moment stay in the order in which they came.
    lines = inOrder(all) ? all : all.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  }
  if (lines.length > most) {
    dropped += lines.length - most;
    lines = lines.slice(-most);
  }
  return { sources, faults, lines, dropped, next };
}

function inOrder(lines: readonly ShownLine[]): boolean {
  for (let index = 1; index < lines.length; index++) {
    const [before, after] = [lines[index - 1], lines[index]];
    if (before && after && after.time < before.time) return false;
  }
  return true;
}

/** The lines that have all the words of the filter, in any case. */
export function filterLines(lines: readonly ShownLine[], filter: string): readonly ShownLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter(({ text }) => {
    const low = text.toLowerCase();
    return words.every((word) => low.includes(word));
  });
}

/** What is kept as a text file; with several logs each line says whose it is. */
export function logText({ sources, lines }: Pick<LogState, "sources" | "lines">, timestamps: boolean): string {
  return lines
    .map(({ source, time, text }) => {
      const from = sources.length > 1 ? `[${nameOf(sources, source)}]` : "";
      return [timestamps ? time : "", from, text].filter(Boolean).join(" ");
    })
    .join("\n")
    .concat("\n");
}

/** What a log is called: its pod, and its container where the pod has several in sight. */
export function nameOf(sources: readonly LogSource[], index: number): string {
  const source = sources[index];
  if (!source) return "";
  const several =
    sources.filter(({ namespace, pod }) => pod === source.pod && namespace === source.namespace).length > 1;
  return several ? `${source.pod}/${source.container}` : source.pod;
}
