"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { act } from "#lib/api/client.ts";
import { problemOf } from "#lib/api/errors.ts";
import { rowKey, type Application } from "#lib/model/application.ts";
import { announce } from "#components/live/announcer.tsx";
import { leaveWhenLoggedOut } from "#components/live/query-client.ts";
import { runLimited, tally, type BulkAction, type BulkLine, type Progress } from "./bulk.ts";

/* A preview is a dry run of every object: more at once would only make the API server slower for everybody. */
const previewsAtOnce = 4;
const requestsAtOnce = 4;

function why(error: unknown): string {
  leaveWhenLoggedOut(error);
  const { title, detail } = problemOf(error);
  return detail ?? title;
}

/** Previews an action on each of several applications, then asks the cluster for those that it is possible with. */
export function useBulk(applications: readonly Application[], action: BulkAction) {
  // What was selected when the dialog opened: rows that change meanwhile do not start the previews anew.
  const [chosen] = useState(applications);
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map());
  const [phase, setPhase] = useState<"preview" | "running" | "done">("preview");
  const running = useRef<AbortController>(undefined);
  const tell = useCallback((application: Application, next: Progress) => {
    setProgress((before) => new Map(before).set(rowKey(application), next));
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    const look = async (application: Application): Promise<void> => {
      tell(application, { step: "looking" });
      try {
        const result = await act(application.cluster, application, action, { preview: true }, stop.signal);
        tell(application, result.accepted ? { step: "ready", result } : { step: "refused", why: result.message });
      } catch (error) {
        if (!stop.signal.aborted) tell(application, { step: "refused", why: why(error) });
      }
    };
    void runLimited(chosen, previewsAtOnce, look, stop.signal);
    return () => stop.abort();
  }, [chosen, action, tell]);
  useEffect(() => () => running.current?.abort(), []);

  const lines = useMemo<BulkLine[]>(
    () =>
      chosen.map((application) => ({
        application,
        progress: progress.get(rowKey(application)) ?? { step: "waiting" },
      })),
    [chosen, progress],
  );
  const run = async (reason: string): Promise<void> => {
    const stop = new AbortController();
    running.current = stop;
    setPhase("running");
    let failed = 0;
    const ready = tally(lines).ready.map(({ application }) => application);
    const request = reason === "" ? {} : { reason };
    await runLimited(
      ready,
      requestsAtOnce,
      async (application) => {
        tell(application, { step: "asking" });
        try {
          const { accepted, message } = await act(application.cluster, application, action, request);
          tell(application, accepted ? { step: "requested", message } : { step: "failed", why: message });
          failed += Number(!accepted);
        } catch (error) {
          failed += 1;
          tell(application, { step: "failed", why: why(error) });
        }
      },
      stop.signal,
    );
    setPhase("done");
    announce(`${ready.length - failed} requested${failed > 0 ? `, ${failed} failed` : ""}`);
  };
  return { lines, phase, run };
}
