"use client";
import { useCallback, useMemo, useRef, useState } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import { rangeBetween, withKeys } from "./selection.ts";

/** Which applications are selected: by what they are, never by where they stand. */
export type Selection = {
  keys: ReadonlySet<string>;
  /** Selects one, or lets go of it, as a click on its box does: with Shift, all from the last one on. Stays the same function. */
  select: (application: Application, on: boolean, event: { shift: boolean }) => void;
  /** Selects all of these; lets go of them where they all are. */
  toggleAll: (applications: readonly Application[]) => void;
  /** Selects these and no others. */
  only: (keys: readonly string[]) => void;
  /** Says in what order the rows stand, for ranges. */
  inOrder: (rows: readonly Application[]) => void;
};

/** The selection of a list; what is gone from the cluster is let go of. */
export function useSelection(items: readonly Application[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const keys = useMemo(() => {
    // Most of the time nothing is selected, and the list changes several times a second.
    if (chosen.size === 0 || items.length === 0) return chosen;
    const known = new Set(items.map(rowKey));
    return new Set([...chosen].filter((key) => known.has(key)));
  }, [chosen, items]);
  const order = useRef<readonly Application[]>([]);
  const last = useRef<string | undefined>(undefined);
  const select = useCallback<Selection["select"]>((application, on, { shift }) => {
    const key = rowKey(application);
    const range = shift ? rangeBetween(order.current.map(rowKey), last.current, key) : [key];
    last.current = key;
    setChosen((before) => withKeys(before, range, on));
  }, []);
  const toggleAll = useCallback<Selection["toggleAll"]>((applications) => {
    const all = applications.map(rowKey);
    setChosen((before) => withKeys(before, all, !all.every((key) => before.has(key))));
  }, []);
  const only = useCallback<Selection["only"]>((next) => setChosen(new Set(next)), []);
  const inOrder = useCallback<Selection["inOrder"]>((next) => {
    order.current = next;
  }, []);
  return { keys, select, toggleAll, only, inOrder };
}
