import { z } from "zod";

const containerState = z.looseObject({
  running: z.object({ startedAt: z.string().optional() }).optional(),
  waiting: z.object({ reason: z.string().optional() }).optional(),
  terminated: z.object({ startedAt: z.string().optional(), finishedAt: z.string().optional() }).optional(),
});

/** The fields of a pod that its log depends on. */
export const podSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    creationTimestamp: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  status: z.looseObject({
    startTime: z.string().optional(),
    containerStatuses: z
      .array(
        z.looseObject({
          name: z.string(),
          restartCount: z.number(),
          state: containerState,
          lastState: containerState.optional(),
        }),
      )
      .optional(),
  }),
});

export type PodForLog = z.infer<typeof podSchema>;

/** One line of a log with the moment at which it was written. */
export interface LogLine {
  readonly time: Date;
  readonly text: string;
}

/** The container has no log yet; the message is what a kubelet answers. */
export class NoLogError extends Error {
  override name = "NoLogError";
}

const chores = [
  (n: number) =>
    `level=info msg="request served" method=GET path=/documents/${1000 + ((n * 37) % 900)} status=200 duration=${3 + ((n * 7) % 40)}ms`,
  (n: number) =>
    `level=info msg="request served" method=POST path=/documents status=201 duration=${12 + ((n * 11) % 60)}ms`,
  (n: number) => `level=info msg="queue drained" documents=${(n * 5) % 17}`,
  () => `level=info msg="health check" status=ok`,
];

const lastWords = [
  'level=info msg="starting" version=2.4.1',
  'level=info msg="connecting" to=postgres://documents:5432/router',
  'level=error msg="connection refused" to=postgres://documents:5432/router attempt=1',
  'level=error msg="connection refused" to=postgres://documents:5432/router attempt=2',
  'level=fatal msg="no database after 2 attempts, giving up" exit=1',
];

/**
 * What a container of a pod has written until `now`: a line every ten seconds for one that runs, its last
 * words for one that crashed. The annotation `driftglass.sandbox/log` replaces the end of the log.
 */
export function podLog(pod: PodForLog, container: string, now: Date): LogLine[] {
  const status = pod.status.containerStatuses?.find(({ name }) => name === container);
  const waiting = status?.state.waiting?.reason ?? (status ? undefined : "ContainerCreating");
  const crashed = status?.lastState?.terminated ?? status?.state.terminated;
  if (waiting && !crashed) {
    const why = waiting === "ImagePullBackOff" ? "trying and failing to pull image" : waiting;
    throw new NoLogError(`container "${container}" in pod "${pod.metadata.name}" is waiting to start: ${why}`);
  }
  const custom = pod.metadata.annotations?.["driftglass.sandbox/log"]?.trimEnd().split("\n");
  const failed = crashed && (waiting ?? pod.metadata.annotations?.["driftglass.sandbox/behaviour"] === "fail");
  const ended = crashed?.finishedAt ? new Date(crashed.finishedAt) : undefined;
  if (failed) return spread(custom ?? lastWords, ended ?? now, 400);
  const started = new Date(pod.status.startTime ?? pod.metadata.creationTimestamp);
  const first: LogLine[] = [
    { time: started, text: `level=info msg="starting" container=${container} pod=${pod.metadata.name}` },
    { time: new Date(started.getTime() + 180), text: 'level=info msg="ready" address=:8080' },
  ];
  if (ended) return [...first, ...spread(custom ?? ['level=info msg="all done" exit=0'], ended, 100)];
  const seconds = Math.max(0, (now.getTime() - started.getTime()) / 1000);
  const offset = Number.parseInt(pod.metadata.uid.slice(0, 4), 16) || 0;
  const regular = Array.from({ length: Math.min(Math.floor(seconds / 10), 5000) }, (_, i) => {
    const time = new Date(started.getTime() + (i + 1) * 10_000);
    return { time, text: chores[(i + offset) % chores.length]?.(i + offset) ?? "" };
  });
  return [...first, ...spread(custom ?? [], new Date(started.getTime() + 200), 1), ...regular];
}

/** What the kubelet's query parameters ask for. */
export interface LogOptions {
  readonly tailLines?: number;
  readonly sinceTime?: Date;
  readonly timestamps: boolean;
}

/** Cuts and prints lines as a kubelet would. */
export function printLog(lines: readonly LogLine[], options: LogOptions): string {
  const recent = lines.filter(({ time }) => !options.sinceTime || time >= options.sinceTime);
  const tail = options.tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - options.tailLines));
  return tail.map(({ time, text }) => `${options.timestamps ? `${time.toISOString()} ` : ""}${text}\n`).join("");
}

/** Lines that end at `end`, `step` milliseconds apart. */
function spread(texts: readonly string[], end: Date, step: number): LogLine[] {
  return texts.map((text, i) => ({ time: new Date(end.getTime() - (texts.length - 1 - i) * step), text }));
}
