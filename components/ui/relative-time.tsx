"use client";
import { useCallback, useSyncExternalStore } from "react";
import { afterFirstFrames } from "./idle.ts";
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
    () => ageOf(time),
    () => "",
  );
}

function ageOf(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : spanWords(Math.max(now, timer === undefined ? Date.now() : now) - at);
}

/** Whether `time` is longer ago than this; goes over from one to the other by itself. */
export function useOlderThan(time: string, milliseconds: number): boolean {
  return useSyncExternalStore(
    subscribe,
    () => Math.max(now, timer === undefined ? Date.now() : now) - Date.parse(time) > milliseconds,
    () => false,
  );
}

/**
 * A time as people say it ("4 min"), with the exact one in its title. Lists have dozens of them: the words are written past React, so that none of its rows is drawn
 * again when the browser takes the page over from the server, whose clock is another, nor when a minute has passed.
 */
export function RelativeTime({ time, suffix = "", className }: { time: string; suffix?: string; className?: string }) {
  const write = useCallback((element: HTMLTimeElement) => keepWritten(element, time, suffix), [time, suffix]);
  return <time ref={write} dateTime={time} className={className} />;
}

function keepWritten(element: HTMLTimeElement, time: string, suffix: string): () => void {
  let written: string | undefined;
  const write = (): void => {
    const words = ageOf(time);
    if (words === written) return;
    written = words;
    element.textContent = words === "now" || words === "" ? words : words + suffix;
  };
  write();
  // Nobody hovers in the first frames, and the first of these loads a locale's rules.
  if (untitled.size === 0) afterFirstFrames(giveTitles);
  untitled.add(element);
  const stop = subscribe(write);
  return () => {
    untitled.delete(element);
    stop();
  };
}

const untitled = new Set<HTMLTimeElement>();

function giveTitles(): void {
  for (const element of untitled) element.title = exactTime(element.dateTime);
  untitled.clear();
}
