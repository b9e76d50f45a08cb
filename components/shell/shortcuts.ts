"use client";
import { useEffect, useRef } from "react";

/** Keys and what they do. A key is one character, a named key (`Escape`), or `g a` for two in a row. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listens for keys while mounted. Silent while someone types, holds a modifier, or a dialog or menu is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null) return;
      const pair =
        first !== undefined && event.timeStamp - first.at < 1200
          ? current.current[`${first.key} ${event.key}`]
          : undefined;
      const action = pair ?? current.current[event.key];
      first = { key: event.key, at: event.timeStamp };
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
