"use client";
import { Tooltip as Base } from "@base-ui/react/tooltip";
import { useEffect, useState, useSyncExternalStore } from "react";
import { currentTip, dropTip, keepTip, onTip, type Tip } from "./tooltip-store.ts";

/** Draws the one tooltip that is open. */
export default function TooltipLayer() {
  const tip = useSyncExternalStore(onTip, currentTip, () => undefined);
  const [last, setLast] = useState<Tip | undefined>(tip);
  if (tip !== undefined && tip !== last) setLast(tip);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => event.key === "Escape" && dropTip();
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  if (last === undefined) return null;
  return (
    <Base.Root open={tip !== undefined} onOpenChange={(open) => open || dropTip()}>
      <Base.Portal>
        <Base.Positioner anchor={last.anchor} side={last.side} sideOffset={6} className="z-50">
          <Base.Popup
            role="tooltip"
            onPointerEnter={keepTip}
            onPointerLeave={() => dropTip()}
            className="max-w-96 rounded-md border border-line-strong bg-raised px-2 py-1.5 text-xs text-ink shadow-lift transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {last.text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
