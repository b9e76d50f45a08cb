"use client";
import { useState } from "react";
import type { Application } from "#lib/model/application.ts";

/** What of an application a person would notice. A row that was only read again has not changed. */
function seenOf({ health, sync, drift, revision, suspended, hold, operation, reasons }: Application): string {
  return JSON.stringify([
    health.status,
    health.message,
    sync.status,
    drift.status,
    drift.count,
    revision,
    suspended,
    hold,
    operation?.phase,
    operation?.startedAt,
    reasons,
  ]);
}

/** Counts how often an application has changed since its row was first drawn; 0 means never, so nothing glows at first. */
export function useChanges(application: Application): number {
  const [last, setLast] = useState({ application, changes: 0 });
  if (last.application !== application)
    setLast({ application, changes: last.changes + Number(seenOf(last.application) !== seenOf(application)) });
  return last.changes;
}
