"use client";
import { useEffect, useRef } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import { announce } from "#components/live/announcer.tsx";

const most = 3;

/** What a screen reader is told when health changes: each by name, or only how many where there are many. Undefined when nothing has. */
export function changeWords(
  before: ReadonlyMap<string, string>,
  items: readonly Application[],
  across = false,
): string | undefined {
  const changed = items.filter((item) => {
    const was = before.get(rowKey(item));
    return was !== undefined && was !== item.health.status;
  });
  if (changed.length === 0) return undefined;
  if (changed.length > most) return `${changed.length} applications have changed their health`;
  return changed
    .map(({ name, cluster, health }) => `${name}${across ? ` in ${cluster}` : ""} is now ${health.status}`)
    .join(", ");
}

/** Tells screen readers what sighted people see glow. */
export function useAnnounced(items: readonly Application[], across: boolean): void {
  const before = useRef(new Map<string, string>());
  const last = useRef<ReadonlySet<Application>>(new Set());
  useEffect(() => {
    // Rows that did not change are the same objects: only the others are looked at.
    const fresh = items.filter((item) => !last.current.has(item));
    last.current = new Set(items);
    const words = changeWords(before.current, fresh, across);
    for (const item of fresh) before.current.set(rowKey(item), item.health.status);
    if (words !== undefined) announce(words);
  }, [items, across]);
}
