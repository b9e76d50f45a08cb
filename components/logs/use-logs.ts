"use client";
import { useEffect, useState } from "react";
import { readLogs, type LogsQuery } from "#lib/api/client.ts";
import type { LogEvent } from "#lib/api/log-lines.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { addToLog, emptyLog, type LogState } from "./log-buffer.ts";

/** What has come so far; `loading` until the first answer, `ended` when no more will come. */
export type LogReading = LogState & { loading: boolean; ended: boolean; error: unknown };

const beginning: LogReading = { ...emptyLog, loading: true, ended: false, error: undefined };

/** Shows at most ten times a second: a chatty pod writes thousands of lines in that time. */
const interval = 100;

/** Reads logs while mounted. Another query, by its content, is another reading from the beginning. */
export function useLogs(query: LogsQuery): LogReading {
  const { cluster } = useLive().scope;
  const [reading, setReading] = useState<{ of: string; state: LogReading }>({ of: "", state: beginning });
  const asked = JSON.stringify([cluster, query]);
  useEffect(() => {
    const [from, what] = JSON.parse(asked) as [string, LogsQuery];
    const stop = new AbortController();
    let state = beginning;
    let waiting: LogEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (changes: Partial<LogReading> = {}) => {
      clearTimeout(timer);
      timer = undefined;
      state = { ...state, ...addToLog(state, waiting), ...changes, loading: false };
      waiting = [];
      if (!stop.signal.aborted) setReading({ of: asked, state });
    };
    const read = async () => {
      for await (const events of readLogs(from, what, stop.signal)) {
        waiting.push(...events);
        timer ??= setTimeout(show, interval);
      }
    };
    read().then(
      () => show({ ended: true }),
      (error: unknown) => stop.signal.aborted || show({ error, ended: true }),
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [asked]);
  return reading.of === asked ? reading.state : beginning;
}
