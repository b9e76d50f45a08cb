"use client";
import { ArrowLeftRight } from "lucide-react";
import { useMemo } from "react";
import type { Comparison } from "#lib/api/diff-contract.ts";
import { type ApplicationAt, formatApplicationAt } from "#lib/model/application-at.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { countChanges } from "#components/diff/object-changes.tsx";
import { patchOf } from "#components/diff/patch.ts";
import { applicationHref } from "#components/live/paths.ts";
import { useComparison } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { IconButton } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { SafeLink } from "#components/ui/safe-link.tsx";
import { ComparisonParts } from "./comparison-parts.tsx";
import { ComparisonSection } from "./comparison-section.tsx";
import { SidePicker } from "./side-picker.tsx";
import { sideNames, sideOf } from "./side-names.ts";

/** Any two applications side by side, of any engines, each at any of its revisions: staging with production, or with itself yesterday. */
export function ComparePage() {
  const [leftText] = useQueryParam("left");
  const [rightText] = useQueryParam("right");
  const left = useMemo(() => sideOf(leftText), [leftText]);
  const right = useMemo(() => sideOf(rightText), [rightText]);
  return (
    <div className="flex flex-col gap-4 p-3 sm:p-5">
      <h1 className="text-base font-semibold">Compare</h1>
      <div className="flex flex-wrap items-center gap-3">
        <SidePicker
          label="Left application"
          side={left}
          other={right?.application}
          onChange={(side) => setQuery({ left: formatApplicationAt(side) })}
        />
        <IconButton
          label="Swap the sides"
          className="max-sm:mx-auto"
          onClick={() => setQuery({ left: rightText, right: leftText })}
        >
          <ArrowLeftRight aria-hidden className="size-4" />
        </IconButton>
        <SidePicker
          label="Right application"
          side={right}
          other={left?.application}
          onChange={(side) => setQuery({ right: formatApplicationAt(side) })}
        />
      </div>
      {left && right ? (
        <Result left={left} right={right} />
      ) : (
        <Placeholder glyph="Missing" title="Choose two applications">
          Their objects are put side by side by kind and name; namespaces, and what an environment puts before or after
          names, don’t count.
        </Placeholder>
      )}
    </div>
  );
}

function Result({ left, right }: { left: ApplicationAt; right: ApplicationAt }) {
  const { data, error, isPlaceholderData, refetch } = useComparison(
    formatApplicationAt(left),
    formatApplicationAt(right),
  );
  const names = sideNames(left, right);
  return (
    <ComparisonSection
      heading={
        <h2 className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere] font-medium">
          <SafeLink href={applicationHref(left.application)}>{names[0]}</SafeLink>
          <span className="text-muted"> and </span>
          <SafeLink href={applicationHref(right.application)}>{names[1]}</SafeLink>
        </h2>
      }
      tools={data && <CopyButton text={() => patchOf(data.objects)} label="Copy as a patch" />}
      stale={isPlaceholderData}
      error={error}
      onRetry={refetch}
    >
      {data && (
        <ComparisonParts
          key={`${leftKey(data)} ${leftKey({ left: data.right })}`}
          data={data}
          summary={summary(data.objects, names)}
          sides={names}
          words={{ changed: "Differs", removed: "Only left", added: "Only right" }}
        />
      )}
    </ComparisonSection>
  );
}

function leftKey({ left }: Pick<Comparison, "left">): string {
  return formatApplicationAt(left);
}

/** "3 objects differ, 1 only in staging, 4 the same". */
function summary(objects: readonly DiffObject[], [left, right]: readonly [string, string]): string {
  const { changed, removed, added, unchanged } = countChanges(objects);
  const parts = [
    changed > 0 && `${changed} ${changed === 1 ? "object differs" : "objects differ"}`,
    removed > 0 && `${removed} only in ${left}`,
    added > 0 && `${added} only in ${right}`,
    unchanged > 0 && `${unchanged} the same`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "neither has any objects" : parts.join(", ");
}
