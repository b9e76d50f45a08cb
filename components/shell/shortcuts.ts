"use client";
import { useEffect, useRef } from "react";

/** Keys and what they do. A key is one character, a named key (`Escape`), or `g a` for two in a row. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/* After this key the next one is the second of two, for all that listen: `g d` is never `d`. */
const leader = "g";
const patience = 1200;

let last: { event: KeyboardEvent; led: boolean } | undefined;

/** Whether a key comes right after the leader; the same answer for everyone who asks about the same event. */
function isLed(event: KeyboardEvent): boolean {
  if (last?.event === event) return last.led;
  const before = last;
  const led =
    before !== undefined &&
    !before.led &&
    before.event.key === leader &&
    event.timeStamp - before.event.timeStamp < patience;
  last = { event, led };
  return led;
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Listens for keys while mounted. Silent while someone types, holds a modifier, or a dialog or menu is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null) return;
      const action = current.current[isLed(event) ? `${leader} ${event.key}` : event.key];
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
