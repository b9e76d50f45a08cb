import type { Condition } from "#lib/api/application-contract.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { toneText } from "#components/ui/tone.ts";
import { conditionLook } from "./condition-look.ts";

/** Status conditions as Kubernetes writes them; those that say "not ready" stand out. */
export function Conditions({ conditions }: { conditions: readonly Condition[] }) {
  return (
    <ul className="divide-y divide-line">
      {conditions.map((condition) => {
        const look = conditionLook(condition);
        return (
          <li
            key={condition.type}
            className="grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)_auto] gap-x-4 px-4 py-2 max-sm:grid-cols-[minmax(0,1fr)_auto]"
          >
            <span className="flex min-w-0 items-start gap-2">
              <span className={cx("mt-[3px]", toneText[look.tone])}>
                <Glyph name={look.glyph} />
              </span>
              <span className="min-w-0">
                <span className="block truncate font-medium" title={condition.type}>
                  {condition.type}
                </span>
                <span className="block text-xs text-muted">{condition.status}</span>
              </span>
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere] max-sm:order-last max-sm:col-span-2 max-sm:pl-[22px]">
              {condition.reason !== undefined && <span className="block">{condition.reason}</span>}
              {condition.message !== undefined && <span className="block text-muted">{condition.message}</span>}
            </span>
            <span className="tabular text-muted">
              {condition.lastTransitionTime !== undefined && <RelativeTime time={condition.lastTransitionTime} />}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
