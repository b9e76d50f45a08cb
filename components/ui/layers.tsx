"use client";
import { lazy, Suspense, useEffect, useState } from "react";
import { afterFirstFrames } from "./idle.ts";

const TooltipLayer = lazy(() => import("./tooltip-layer.tsx"));
const ToastLayer = lazy(() => import("./toast-layer.tsx"));

/** What floats above every page: tooltips, and what is said at the corner. Comes once the page stands still. */
export function Layers() {
  const [ready, setReady] = useState(false);
  useEffect(() => afterFirstFrames(() => setReady(true)), []);
  if (!ready) return null;
  return (
    <Suspense>
      <TooltipLayer />
      <ToastLayer />
    </Suspense>
  );
}
