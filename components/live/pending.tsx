"use client";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { ProblemPlaceholder } from "./problem.tsx";

/** What stands where an answer will be: that it is on its way, or why there is none, with the way to ask again. */
export function Pending(props: { error: unknown; onRetry: () => unknown; label?: string; lines?: number }) {
  const { error, onRetry, ...skeleton } = props;
  return error ? <ProblemPlaceholder error={error} onRetry={() => void onRetry()} /> : <SkeletonLines {...skeleton} />;
}
