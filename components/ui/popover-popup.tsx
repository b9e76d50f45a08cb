"use client";
import { Popover as Base } from "@base-ui/react/popover";
import type { PopoverPopupProps } from "./popover.tsx";

/** What {@link Popover} opens. */
export default function PopoverPopup({ anchor, open, onClose, title, className, children }: PopoverPopupProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, { event }) => {
        // A click on the trigger closes it by itself; closing it here as well would have that click open it again.
        if (!next && !(event.target instanceof Node && anchor.contains(event.target) && event.type !== "keydown"))
          onClose();
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={4} align="start" className="z-50">
          <Base.Popup
            finalFocus={() => (anchor instanceof HTMLElement ? anchor : true)}
            className={`rounded-md border border-line-strong bg-raised shadow-lift outline-none ${className ?? ""}`}
          >
            <Base.Title className="sr-only">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
