"use client";
import { Pause, Play, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import type { FluxSource, FluxSourceAction } from "#lib/model/flux-source.ts";
import { Button } from "#components/ui/button.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { sourceActionLabel } from "./source-words.ts";
import { useSourceAction } from "./use-sources.ts";

const icons: Record<FluxSourceAction, ReactNode> = {
  refresh: <RefreshCw aria-hidden className="size-3.5" />,
  suspend: <Pause aria-hidden className="size-3.5" />,
  resume: <Play aria-hidden className="size-3.5" />,
};

/** What can be done with a source; what can't is disabled and says why. `small` draws icons only, for a row. */
export function SourceButtons({ source, small = false }: { source: FluxSource; small?: boolean }) {
  const { mutate, isPending, variables } = useSourceAction();
  const shown: FluxSourceAction[] = ["refresh", source.suspended ? "resume" : "suspend"];
  return shown.map((action) => {
    const permission = source.permissions.find((each) => each.action === action);
    const unavailable = permission?.allowed === true ? undefined : (permission?.reason ?? "You may not do this");
    const label = sourceActionLabel[action];
    const button = (
      <Button
        key={action}
        look={small ? "ghost" : "plain"}
        size={small ? "square" : "normal"}
        icon={icons[action]}
        aria-label={`${label} ${source.name}`}
        unavailable={unavailable}
        busy={isPending && variables.action === action}
        onClick={() => mutate({ source, action })}
      >
        {small ? undefined : label}
      </Button>
    );
    // A disabled button has its reason as the tooltip already.
    return small && unavailable === undefined ? (
      <Tooltip key={action} text={label}>
        {button}
      </Tooltip>
    ) : (
      button
    );
  });
}
