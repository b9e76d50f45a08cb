"use client";
import { useEffect, useMemo, useState } from "react";
import { lineRuns, unpackRuns, type LineRun } from "#lib/diff/line-runs.ts";
import type { RunsAnswer, RunsQuestion } from "./runs.worker.ts";

/** Shorter pairs of texts are compared at once: asking a worker would take longer. Characters. */
const small = 16_000;

/** Long comparisons that were made lately: the list counts them, and then they are shown. */
const known: { from: string; to: string; runs: Promise<LineRun[]> }[] = [];
const mostKnown = 6;

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, { resolve: (runs: LineRun[]) => void; reject: (error: Error) => void }>();

function compareInWorker(from: string, to: string): Promise<LineRun[]> {
  const before = known.find((one) => one.from === from && one.to === to);
  if (before) return before.runs;
  const runs = new Promise<LineRun[]>((resolve, reject) => {
    const id = ++asked;
    waiting.set(id, { resolve, reject });
    try {
      start().postMessage({ id, from, to } satisfies RunsQuestion, []);
    } catch (error) {
      waiting.delete(id);
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const entry = { from, to, runs };
  known.unshift(entry);
  known.splice(mostKnown);
  // A comparison that failed may be tried again.
  runs.catch(() => known.includes(entry) && known.splice(known.indexOf(entry), 1));
  return runs;
}

function start(): Worker {
  if (worker) return worker;
  const started = new Worker(new URL("./runs.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<RunsAnswer>) => {
    waiting.get(data.id)?.resolve(unpackRuns(data.packed));
    waiting.delete(data.id);
  });
  started.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error("The comparison could not be made in this browser."));
    waiting.clear();
    started.terminate();
    worker = undefined;
  });
  worker = started;
  return started;
}

/** What differs between two texts, line by line; undefined while a worker compares them. */
export function useLineRuns(from: string, to: string): { runs: readonly LineRun[] | undefined; error: unknown } {
  const long = from.length + to.length > small && from !== to;
  const atOnce = useMemo(() => (long ? undefined : lineRuns(from, to)), [long, from, to]);
  const [done, setDone] = useState<{ from: string; to: string; runs?: LineRun[]; error?: unknown }>();
  useEffect(() => {
    if (!long) return undefined;
    let current = true;
    compareInWorker(from, to).then(
      (runs) => current && setDone({ from, to, runs }),
      (error: unknown) => current && setDone({ from, to, error }),
    );
    return () => {
      current = false;
    };
  }, [long, from, to]);
  if (atOnce) return { runs: atOnce, error: undefined };
  const fits = done !== undefined && done.from === from && done.to === to;
  return { runs: fits ? done.runs : undefined, error: fits ? done.error : undefined };
}
