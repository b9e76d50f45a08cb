"use client";
import { useEffect, useRef, useState } from "react";
import type { Placed } from "#lib/graph/walk.ts";
import { shapeOf, type GraphModel } from "./graph-model.ts";
import { GraphLayout } from "./layout.ts";

/** Cards in their places: the last model for which the layout is known, so that nothing is drawn half-way. */
export type PlacedGraph = { readonly shape: string; readonly model: GraphModel; readonly places: readonly Placed[] };

/** Has the model laid out in a worker whenever its shape changes; a change of status alone is drawn at once. */
export function usePlaced(model: GraphModel): { graph: PlacedGraph | undefined; error: Error | undefined } {
  const layout = useRef<GraphLayout>(undefined);
  const [done, setDone] = useState<PlacedGraph>();
  const [error, setError] = useState<Error>();
  const shape = shapeOf(model);
  const wanted = useRef(model);
  useEffect(() => {
    wanted.current = model;
  });
  useEffect(() => {
    let current = true;
    const asked = wanted.current;
    layout.current ??= new GraphLayout();
    layout.current.place(asked).then(
      (places) => current && setDone({ shape, model: asked, places }),
      (reason: unknown) => current && setError(reason instanceof Error ? reason : new Error(String(reason))),
    );
    return () => {
      current = false;
    };
  }, [shape]);
  useEffect(
    () => () => {
      layout.current?.end();
      layout.current = undefined;
    },
    [],
  );
  return { graph: done?.shape === shape ? { ...done, model } : done, error };
}
