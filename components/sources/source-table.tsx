"use client";
import { useMemo } from "react";
import { fluxSourceKey, type FluxSource } from "#lib/model/flux-source.ts";
import { useMedia } from "#components/ui/use-media.ts";
import { VirtualGrid } from "#components/ui/virtual-grid.tsx";
import { SourceHead, sourceColumnCount } from "./source-head.tsx";
import type { SourceListState, SourceSort } from "./source-list.ts";
import { SourceCard, SourceRow } from "./source-row.tsx";

type Props = {
  rows: FluxSource[];
  state: SourceListState;
  onSort: (sort: SourceSort, descending: boolean) => void;
  onOpen: (key: string) => void;
  hold: (held: boolean) => void;
};

/** The sources, one a row; on a narrow screen each in two lines. */
export function SourceTable({ rows, state, onSort, onOpen, hold }: Props) {
  const cards = useMedia("(max-width: 767px)");
  const byKey = useMemo(() => new Map(rows.map((row) => [fluxSourceKey(row), row])), [rows]);
  const height = cards ? 64 : 36;
  const lines = useMemo(() => rows.map((row) => ({ keys: [fluxSourceKey(row)], height })), [rows, height]);
  const draw = (key: string) => {
    const source = byKey.get(key);
    if (source === undefined) return null;
    return cards ? <SourceCard source={source} /> : <SourceRow source={source} />;
  };
  return (
    <VirtualGrid
      label="Sources"
      lines={lines}
      columnCount={cards ? 1 : sourceColumnCount}
      head={cards ? undefined : { element: <SourceHead state={state} onSort={onSort} />, height: 32 }}
      draw={draw}
      onOpen={onOpen}
      hold={hold}
    />
  );
}
