"use client";
import { useSyncExternalStore } from "react";
import { exactTime, spanWords } from "./time-words.ts";

/* One clock for the whole page: a component draws again only when its own words change. */
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago `time` was, in words, kept up to date; empty while rendering on the server, whose clock is another. */
export function useAge(time: string): string {
  return useSyncExternalStore(
    subscribe,
    () => {
      const at = Date.parse(time);
      return Number.isNaN(at) ? time : spanWords(Math.max(now, timer === undefined ? Date.now() : now) - at);
    },
    () => "",
  );
}

/** Whether `time` is longer ago than this; goes over from one to the other by itself. */
export function useOlderThan(time: string, milliseconds: number): boolean {
  return useSyncExternalStore(
    subscribe,
    () => Math.max(now, timer === undefined ? Date.now() : now) - Date.parse(time) > milliseconds,
    () => false,
  );
}

/** A time as people say it ("4 min"), with the exact one in its title. */
export function RelativeTime({ time, suffix = "", className }: { time: string; suffix?: string; className?: string }) {
  const words = useAge(time);
  return (
    <time dateTime={time} title={exactTime(time)} className={className} suppressHydrationWarning>
      {words}
      {words !== "now" && words !== "" ? suffix : ""}
    </time>
  );
}
