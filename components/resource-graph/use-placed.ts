"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Placed } from "#lib/graph/walk.ts";
import { linesOf, shapeOf, type GraphModel } from "./graph-model.ts";
import { GraphLayout, placeAtOnce } from "./layout.ts";

/** Cards in their places: the last model for which the layout is known, so that nothing is drawn half-way. */
export type PlacedGraph = { readonly shape: string; readonly model: GraphModel; readonly places: readonly Placed[] };

/**
 * Has the model laid out in a worker whenever its shape changes; a change of status alone is drawn at once. With `atOnce` no worker is
 * started.
 */
export function usePlaced(
  model: GraphModel,
  atOnce: boolean,
): { graph: PlacedGraph | undefined; error: Error | undefined } {
  const layout = useRef<GraphLayout>(undefined);
  const [done, setDone] = useState<PlacedGraph>();
  const [error, setError] = useState<Error>();
  const shape = shapeOf(model);
  const wanted = useRef(model);
  useEffect(() => {
    wanted.current = model;
  });
  // The lines are all that the places depend on, and the shape says whether they are others.
  const places = useMemo(() => (atOnce ? placeAtOnce(linesOf(shape)) : undefined), [atOnce, shape]);
  useEffect(() => {
    if (atOnce) return undefined;
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
  }, [shape, atOnce]);
  useEffect(
    () => () => {
      layout.current?.end();
      layout.current = undefined;
    },
    [],
  );
  if (places) return { graph: { shape, model, places }, error: undefined };
  return { graph: done?.shape === shape ? { ...done, model } : done, error };
}
